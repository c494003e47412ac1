import { CompiledQuery } from "kysely";
import { describe, expect, test } from "vitest";
import { openDatabase } from "../src/database/open-database.ts";
import { type Bridge, createBridge, type DatabaseOptions } from "../src/index.ts";
import { createApi } from "./support/api.ts";
import { createDatabase, DATABASES, silent } from "./support/open-bridge.ts";
import { buildValidRequests } from "./support/openapi/build-valid-request.ts";
import { buildValues } from "./support/openapi/build-values.ts";
import { toWireRequest } from "./support/openapi/mutate.ts";
import { type Operation, operations } from "./support/openapi/operations.ts";
import { send } from "./support/openapi/send.ts";
import { trySuccess } from "./support/openapi/try-success.ts";
import { createWorld, freshen, type Setting } from "./support/openapi/world.ts";
import { fillTables } from "./support/plans/fill-tables.ts";
import { type Ask, findLargeTables, findScans } from "./support/plans/find-scans.ts";
import { StatementLog } from "./support/plans/statement-log.ts";

const ACCEPTED_SECONDS = 90;

describe.each(DATABASES)("on %s", (kind) => {
  test(
    "no statement of the server looks through a large table",
    { timeout: ACCEPTED_SECONDS * 4_000 },
    async () => {
      const { database, drop } = await createDatabase(kind);
      const world = await withBridge(database, async (bridge) => {
        const { api, settings } = await createWorld(bridge);
        return { slug: api.slug, settings };
      });
      await withAsk(database, (ask) => fillTables(ask, toCenter(world.settings)));
      const log = new StatementLog();
      await withBridge(database, (bridge) => exercise(bridge, world)).finally(() => log[Symbol.dispose]());
      const { statements } = log;
      const found: string[] = [];
      await withAsk(database, async (ask) => {
        const large = await findLargeTables(ask);
        expect(large.size).toBeGreaterThan(12);
        for (const statement of statements)
          for (const scan of await findScans(ask, statement, large)) found.push(`${scan}: ${statement.text}`);
      });
      await drop();
      expect(statements.length).toBeGreaterThan(100);
      expect(found).toEqual([]);
    },
  );
});

/** The app that most is about, with its first session. */
function toCenter(settings: readonly Setting[]) {
  const [first, , third] = settings;
  return { appId: first?.["app_id"] ?? "", syncId: third?.["sync_id"] ?? "" };
}

async function withBridge<T>(database: DatabaseOptions, use: (bridge: Bridge) => Promise<T>): Promise<T> {
  const bridge = await createBridge({ database, logger: silent, rateLimit: null });
  try {
    return await use(bridge);
  } finally {
    await bridge.close();
  }
}

async function withAsk<T>(database: DatabaseOptions, use: (ask: Ask) => Promise<T>): Promise<T> {
  const opened = await openDatabase(database, () => {});
  try {
    return await opened.kysely
      .connection()
      .execute((connection) =>
        use(async (text, values = []) => {
          const { rows } = await connection.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, [...values]));
          return rows;
        }),
      );
  } finally {
    await opened.close();
  }
}

/** Calls every operation in every way that the document tells of. */
async function exercise(
  bridge: Bridge,
  { slug, settings }: { slug: string; settings: readonly Setting[] },
): Promise<void> {
  const api = await createApi(bridge, { org: slug });
  const limited = await bridge.createKey({ org: slug, name: "limited", role: "connector", appIds: [settings[0]!["app_id"]!] });
  // What deletes comes last: what the others are about is still there then.
  const ordered = operations.toSorted((a, b) => Number(a.method === "DELETE") - Number(b.method === "DELETE"));
  for (const operation of ordered) {
    const fresh = await Promise.all(settings.map(async (setting) => (await freshen(api, setting)) ?? setting));
    const caller = { settings: [...fresh, ...settings], orgSlug: slug, key: operation.isPublic ? undefined : api.key };
    await trySuccess(bridge, operation, caller);
    if (operation.method !== "GET") continue;
    for (const request of readRequests(operation, settings, slug)) await send(bridge, request, caller.key);
    await trySuccess(bridge, operation, { ...caller, key: limited.key });
  }
  await bridge.whenFolded();
  await bridge.whenIndexed();
  await bridge.whenDeleted();
}

/** A request for each value of each query parameter, and the page that follows. */
function* readRequests(operation: Operation, settings: readonly Setting[], slug: string) {
  const optional = operation.parameters.filter(({ in: place }) => place === "query");
  for (const valid of buildValidRequests(operation, settings))
    for (const { name, schema } of optional)
      for (const value of buildValues(schema))
        yield toWireRequest({ ...valid, query: { ...valid.query, [name]: String(value) } }, slug);
}
