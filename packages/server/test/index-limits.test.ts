import { createHash } from "node:crypto";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { openDatabase } from "../src/database/open-database.ts";
import { openapiDocument } from "../src/http/openapi-document.ts";
import { createApi } from "./support/api.ts";
import { connect, createDatabase, DATABASES, openBridge } from "./support/open-bridge.ts";

const { Ref, ResourceType } = openapiDocument.components.schemas;
/** The maximum of a B-tree entry, minus its overhead: a header of 8 bytes, and 7 to align each column. */
const MOST_BYTES = 2_704;
const BYTES_OF_CHARACTER = 4;
const ID = Ref.properties.id.maxLength * BYTES_OF_CHARACTER;
const SLUG = 63;
const NUMBER = 16;
/** The maximum length, in bytes, of the texts in an index; an index on any other text needs thought. */
const TEXTS: Readonly<Record<string, number>> = {
  id: ID,
  account_id: ID,
  result_account_id: ID,
  slug: SLUG,
  account_slug: SLUG,
  digest: 64,
  subject_digest: 64,
  hash: 64,
  // The code of a failed task.
  expr: 63,
  key_id: 64,
  /** Words of the Bridge: for a change, a deletion, a task and a session. */
  change: 63,
  // The name that the column of the reconciliation had when its indexes were created.
  fold: 63,
  kind: 63,
  outcome: 63,
  action: 63,
  status: 63,
  made_id: 64,
  // 64 characters.
  term: 64 * BYTES_OF_CHARACTER,
  operation: 64,
  // What an audited call was about.
  lower: 64,
  idempotency_digest: 64,
};

/** 512 characters of which no two texts share many, because an index compresses repetitions. */
function longId(seed: string, first: number, count: number): string {
  let text = "";
  for (let block = 0; text.length < 2 * Ref.properties.id.maxLength; block++)
    for (const byte of createHash("sha256").update(`${seed} ${block}`).digest())
      text += String.fromCodePoint(first + (byte % count) + ((block * 37) % count));
  return Array.from(text).slice(0, Ref.properties.id.maxLength).join("");
}

test("no index has an entry that could be larger than the database allows", async () => {
  expect(ResourceType.properties.slug.pattern).toBe("^[a-z][a-z0-9_-]{0,62}$");
  const { database, drop } = await createDatabase("pglite");
  const opened = await openDatabase(database, (error) => {
    throw error;
  });
  try {
    const { rows } = await sql<{ index: string; columns: { name: string; type: string }[] }>`
      select index.relname as index,
        jsonb_agg(jsonb_build_object('name', attribute.attname, 'type', format_type(attribute.atttypid, null))) as columns
      from pg_index entry join pg_class index on index.oid = entry.indexrelid
      join pg_namespace schema on schema.oid = index.relnamespace and schema.nspname = 'public'
      join pg_attribute attribute on attribute.attrelid = index.oid
      group by index.relname
    `.execute(opened.kysely);
    expect(rows.length).toBeGreaterThan(10);
    // Written by an administrator on the machine, or by the Bridge itself.
    const own = new Set(["orgs_slug_key", "api_keys_pkey", "bridge_migrations_pkey"]);
    for (const { index, columns } of rows.filter((row) => !own.has(row.index))) {
      const bytes = columns.map(({ name, type }) => (type === "text" ? (TEXTS[name] ?? Infinity) : NUMBER) + 8);
      const size = bytes.reduce((sum, one) => sum + one, 8);
      expect(size, `an entry of ${index}, bytes`).toBeLessThan(MOST_BYTES);
    }
  } finally {
    await opened.close();
    await drop();
  }
});

describe.each(DATABASES)("on %s", (kind) => {
  test.each([
    ["Chinese", 0x4e00, 20_000],
    ["emoji", 0x1f300, 700],
  ])("members are found by ids of 512 characters in %s", async (_script, first, count) => {
    await using bridge = await openBridge(kind);
    const api = await createApi(bridge);
    const app = await api.createApp();
    const id = (name: string) => longId(name, first, count);
    const member = (name: string) => ({ id: id(name), username: name, memberships: { team: [{ id: id("team") }] } });
    const { status } = await api.sync(app, [["account", [member("alice"), member("bob")]]]);
    expect(status).toBe("completed");
    await bridge.whenIndexed();
    const team = encodeURIComponent(`team:${id("team")}`);
    const { body } = await api.call("GET", `/apps/${app}/records/account/?member_of=${team}`);
    expect(body.records).toHaveLength(2);
  });
});

test("an app whose index fails does not affect others, shows in the metrics, and catches up", async () => {
  await using bridge = await openBridge("postgres");
  const api = await createApi(bridge);
  const [broken, sound] = [await api.createApp(), await api.createApp()];
  const failures = async () => {
    const text = await (await bridge.fetch(new Request("http://bridge.test/metrics"))).text();
    return Number(/^bridge_index_failures_total (\d+)$/m.exec(text)?.[1]);
  };
  const member = (id: string) => ({ id, username: id, memberships: { team: [{ id: "g1" }] } });
  await connect(bridge.database, async (client) => {
    await client.query("alter table record_refs add constraint is_healthy check (account_id <> 'poison')");
    await api.sync(broken, [["account", [member("poison")]]]);
    await expect.poll(failures).toBeGreaterThan(1);
    await api.sync(sound, [["account", [member("alice")]]]);
    const entries = async () => (await client.query("select account_id from record_refs")).rows;
    await expect.poll(entries).toEqual([{ account_id: "alice" }]);
    await client.query("alter table record_refs drop constraint is_healthy");
    await bridge.whenIndexed();
    expect(await entries()).toHaveLength(2);
  });
});
