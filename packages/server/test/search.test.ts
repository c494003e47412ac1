import { randomUUID } from "node:crypto";
import { Kysely, sql } from "kysely";
import { Pool } from "pg";
import { describe, expect, test } from "vitest";
import { openDatabase } from "../src/database/open-database.ts";
import { RowLockDialect } from "../src/database/row-lock-dialect.ts";
import type { Tables } from "../src/database/schema.ts";
import { listByText } from "../src/records/list-records.ts";
import { type ApiResponse } from "./support/api.ts";
import { createDatabase, DATABASES } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

describe.each(DATABASES)("records are found by text on %s", async (kind) => {
  const { bridge, api } = await setUpBridge(kind);

  async function find(app: string, text: string, { slug = "account", query = "" } = {}): Promise<string[]> {
    await bridge.whenIndexed();
    const seen: string[] = [];
    let address: string | null =
      `${api.base}/apps/${app}/records/${slug}/?text=${encodeURIComponent(text)}&limit=2${query}`;
    while (address !== null) {
      const page: ApiResponse = await api.call("GET", address);
      expect(page.status).toBe(200);
      seen.push(...page.body.records.map(({ data }: { data: { id: string } }) => data.id));
      address = page.body.next;
    }
    return seen;
  }

  const ida = {
    id: "A-1",
    email: "Ida.Roth@example.com",
    username: "iroth",
    display_name: "Ida Roth",
    last_name: "Roth",
  };
  const max = {
    id: "B-2",
    email: "max@example.com",
    first_name: "Max",
    last_name: "Özil",
    memberships: { team: [{ id: "g1" }] },
  };
  const rotha = { id: "rotha", username: "zed", display_name: "Rothschild, Zed", status: "suspended" };

  test("that begins an id, an email, a username or a name, in any case, each of them once", async () => {
    const app = await api.createApp();
    await api.sync(app, [
      ["team", [{ id: "g1", name: "Rotation" }]],
      ["account", [ida, max, rotha]],
    ]);
    expect(await find(app, "ROTH")).toEqual(["A-1", "rotha"]);
    expect(await find(app, "roths")).toEqual(["rotha"]);
    expect(await find(app, "a-")).toEqual(["A-1"]);
    expect(await find(app, "ida")).toEqual(["A-1"]);
    expect(await find(app, "iro")).toEqual(["A-1"]);
    expect(await find(app, "max")).toEqual(["B-2"]);
    expect(await find(app, "özil")).toEqual(["B-2"]);
    expect(await find(app, "max ö")).toEqual(["B-2"]);
    // Only its beginning.
    expect(await find(app, "example.com")).toEqual([]);
    expect(await find(app, "%")).toEqual([]);
    expect(await find(app, "rot", { slug: "team" })).toEqual(["g1"]);
  });

  test("together with a status or a group", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", [ida, max, rotha]]]);
    expect(await find(app, "ro", { query: "&status=suspended" })).toEqual(["rotha"]);
    expect(await find(app, "m", { query: "&member_of=team:g1" })).toEqual(["B-2"]);
    expect(await find(app, "i", { query: "&member_of=team:g1" })).toEqual([]);
  });

  test("in their current state, including removed ones", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", [ida, max]]]);
    await bridge.whenIndexed();
    await api.sync(app, [
      ["account", [{ ...ida, email: "ida.berg@example.com", display_name: "Ida Berg", last_name: "Berg" }]],
    ]);
    expect(await find(app, "roth")).toEqual([]);
    expect(await find(app, "berg")).toEqual(["A-1"]);
    expect(await find(app, "max")).toEqual(["B-2"]);
    expect(await find(app, "max", { query: "&status=active" })).toEqual([]);
  });

  test("in pages, in the order of the matches", async () => {
    const app = await api.createApp();
    const people = Array.from({ length: 7 }, (_, n) => ({
      id: `u${9 - n}`,
      username: `p${n}`,
      email: `p${n}@example.com`,
    }));
    await api.sync(app, [["account", people]]);
    expect(await find(app, "P")).toEqual(["u9", "u8", "u7", "u6", "u5", "u4", "u3"]);
    const wrong = `/apps/${app}/records/account/?text=p&cursor=${Buffer.from('["u3"]').toString("base64url")}`;
    expect(await api.call("GET", wrong)).toMatchObject({ status: 400 });
  });

  test("also if it is longer than what the index stores", async () => {
    const app = await api.createApp();
    const long = "n".repeat(80);
    await api.sync(app, [
      [
        "account",
        [
          { id: "one", username: `${long}1` },
          { id: "two", username: `${long}2` },
        ],
      ],
    ]);
    expect(await find(app, long)).toEqual(["one", "two"]);
    expect(await find(app, `${long}2`)).toEqual(["two"]);
  });
});

const PEOPLE = 20_000;

test.each(["person1999", "p", "nobody", "b"])("a search for %s scans no table", async (text) => {
  const { database, drop } = await createDatabase("postgres");
  if (database.kind !== "postgres") throw new Error("This is about PostgreSQL.");
  const statements: { sql: string; parameters: readonly unknown[] }[] = [];
  const opened = await openDatabase(database, () => {});
  const logged = new Kysely<Tables>({
    dialect: new RowLockDialect(new Pool({ connectionString: database.url })),
    log: ({ query }) => void statements.push(query),
  });
  try {
    const appId = randomUUID();
    await sql`insert into records (app_id, slug, id, data, changed_version)
      select ${appId}::uuid, 'account', n::text, jsonb_build_object('email', 'person' || n || '@example.com'), 1
      from generate_series(1, ${PEOPLE}::int) n`.execute(opened.kysely);
    await sql`insert into record_terms (app_id, slug, term, id)
      select app_id, slug, term, id from records cross join lateral (values (id), (data ->> 'email')) terms (term)`.execute(
      opened.kysely,
    );
    await sql`analyze`.execute(opened.kysely);
    const query = {
      appId,
      slug: "account",
      kind: "account",
      status: undefined,
      refs: [],
      limit: 50,
      after: undefined,
    } as const;
    const { rows } = await listByText(logged, text, query);
    expect(rows.length).toBe({ person1999: 11, p: 51 }[text] ?? 0);
    const [statement] = statements;
    const pool = new Pool({ connectionString: database.url, max: 1 });
    const plan = await pool.query(`explain (format json) ${statement!.sql}`, [...statement!.parameters]);
    await pool.end();
    const shown = JSON.stringify(plan.rows);
    expect(shown).toContain("record_terms_pkey");
    expect(shown).not.toContain("Seq Scan");
  } finally {
    await logged.destroy();
    await opened.close();
    await drop();
  }
});
