import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bridge, createBridge, type DatabaseOptions } from "../src/index.ts";
import { createApi } from "./support/api.ts";
import { withAsk } from "./support/ask.ts";
import { createDatabase, DATABASES } from "./support/open-bridge.ts";
import { buildValidRequests } from "./support/openapi/build-valid-request.ts";
import { buildValues } from "./support/openapi/build-values.ts";
import { toWireRequest } from "./support/openapi/mutate.ts";
import { type Operation, operations } from "./support/openapi/operations.ts";
import { send } from "./support/openapi/send.ts";
import { trySuccess } from "./support/openapi/try-success.ts";
import { createWorld, freshen, type Setting } from "./support/openapi/world.ts";
import { fillTables } from "./support/plans/fill-tables.ts";
import {
  countRowsRead,
  findPlannedScans,
  findPreparedScans,
  findScans,
  findTables,
} from "./support/plans/find-scans.ts";
import { StatementLog } from "./support/plans/statement-log.ts";

// On PostgreSQL many times what a statement may read. PGlite, which is slow to fill, plans as PostgreSQL does.
const ROWS = { postgres: { rows: 100_000, fewer: 13_000 }, pglite: { rows: 5_500, fewer: 5_500 } };

describe.each(DATABASES)("on %s", (kind) => {
  test("no statement of the server scans a large table", { timeout: 600_000 }, async () => {
    const { database, drop } = await createDatabase(kind);
    const world = await withBridge(database, async (bridge) => {
      const { api, settings } = await createWorld(bridge);
      return { slug: api.slug, settings };
    });
    await withAsk(database, (ask) => fillTables(ask, { ...toCenter(world.settings), ...ROWS[kind] }));
    const log = new StatementLog();
    const reads = new Set<string>();
    await withBridge(database, async (bridge, lines) => {
      await exercise(bridge, world, ["GET"]);
      for (const { text } of log.statements) reads.add(text);
      // Deletions come last, because the other calls need what they delete.
      await exercise(bridge, world, ["POST", "PUT", "PATCH", "DELETE"]);
      await expect.poll(() => lines.join("")).toContain("deleted what is older than the retention");
    }).finally(() => log[Symbol.dispose]());
    const { statements } = log;
    const found: string[] = [];
    await withAsk(database, async (ask) => {
      const large = await findTables(ask, 5_000);
      expect(large.size).toBeGreaterThan(12);
      const huge = await findTables(ask, 90_000);
      expect(huge.size > 7).toBe(kind === "postgres");
      for (const statement of statements) {
        const scans = await findScans(ask, statement, large);
        if (reads.has(statement.text)) scans.push(...(await findPlannedScans(ask, statement, huge)));
        if (kind === "postgres") scans.push(...(await findPreparedScans(ask, statement, large)));
        found.push(...scans.map((scan) => `${scan}: ${statement.text.replaceAll(/\s+/g, " ")}`));
      }
    });
    await drop();
    expect(statements.length).toBeGreaterThan(100);
    expect(found).toEqual([]);
  });
});

describe("a page of all apps, 120 of which have matching rows, or of the one with most sessions", () => {
  const APPS = 120;
  const HELD = "00000000-0000-4000-8000-000000000001";
  let database: DatabaseOptions;
  let drop: () => Promise<void>;
  let org: string;
  let app: string;
  beforeAll(async () => {
    ({ database, drop } = await createDatabase("postgres"));
    org = await withBridge(database, async (bridge) => {
      const api = await createApi(bridge);
      app = await api.createApp();
      return api.slug;
    });
    await withAsk(database, async (ask) => {
      await ask(
        `insert into apps (id, org_id, clone_group_id, name, configuration_status, created_at)
        select gen_random_uuid(), org_id, clone_group_id, 'app ' || n, configuration_status, created_at
        from apps cross join generate_series(2, $1::int) n`,
        [APPS],
      );
      await ask(
        `insert into records (app_id, slug, id, data, created_version, changed_version)
        select apps.id, 'account', 'a' || n, jsonb_build_object('id', 'a' || n), 1, 1
        from apps cross join generate_series(1, 60) n`,
      );
      await ask("insert into record_terms (app_id, slug, term, id) select app_id, slug, id, id from records");
      await ask(
        `insert into records (app_id, slug, id, data, created_version, changed_version)
        select $1::uuid, slug, id, jsonb_build_object('id', id), 1, 1 from (values ('account', 'u'), ('team', 'g')) one (slug, id)`,
        [app],
      );
      await ask(
        `insert into tasks (id, app_id, sequence, action, payload, account_id, execute_after, is_scheduled, created_at,
          outcome, error, ended_at)
        select gen_random_uuid(), id, row_number() over (), 'suspend_account', '{"account": {"id": "u"}}', 'u', now(), false,
          now(), 'failed', '{"code": "API_ERROR", "message": "none"}', now()
        from apps cross join generate_series(1, 60) n`,
      );
      await ask(
        `insert into sync_sessions (id, app_id, status, reconciliation, base_version, version, ended_sequence, started_at,
          ended_at, reconciled_at)
        select gen_random_uuid(), id, 'completed', 'done', n - 1, n, n, now(), now(),
          now() - ((case id when $1::uuid then 3000 else 20 end) - n) * interval '1 minute'
        from apps cross join lateral generate_series(1, case id when $1::uuid then 3000 else 20 end) n`,
        [app],
      );
      await ask(
        `insert into record_changes (session_id, slug, id, change, app_id, version, before)
        select id, 'account', 'a1', 'updated', app_id, version, '{"id": "a1"}' from sync_sessions`,
      );
      await ask("analyze");
      // No statistics know the session that was held just now.
      await ask(
        `insert into sync_sessions (id, app_id, status, reconciliation, base_version, ended_sequence, started_at, ended_at, error)
        values ($1, $2, 'error', 'held', 3000, 3001, now(), now(),
          '{"error_code": "REMOVALS_HELD", "message": "", "losses": [{"slug": "account", "of": "records", "live": 1, "lost": 1}]}')`,
        [HELD, app],
      );
      await ask(
        `insert into record_changes (session_id, slug, id, change, app_id, before)
        select $1, 'account', 'r' || n, 'removed', $2, jsonb_build_object('id', 'r' || n) from generate_series(1, 10000) n`,
        [HELD, app],
      );
    });
  }, 240_000);
  afterAll(() => drop());

  test.each([
    { path: "/people/?text=a&limit=10", table: "records", rows: { least: 10, most: 40 } },
    { path: "/people/?text=a&limit=10", table: "record_terms", rows: { least: 10, most: 700 } },
    { path: "/people/?email=A7&limit=10", table: "record_terms", rows: { least: 10, most: 700 } },
    { path: "/people/?email=a%CF%83%CF%83&limit=10", table: "record_terms", rows: { least: 0, most: 10 } },
    { path: "/tasks/?limit=10", table: "tasks", rows: { least: 10, most: 300 } },
    { path: "/tasks/?limit=10&state=failed", table: "tasks", rows: { least: 10, most: 300 } },
    { path: "/changes/?limit=10", table: "sync_sessions", rows: { least: 20, most: 700 } },
    { path: "/changes/?limit=10&until=:day", table: "sync_sessions", rows: { least: 20, most: 700 } },
    { path: "/overview/?limit=10", table: "sync_sessions", rows: { least: 200, most: 300 } },
    { path: "/apps/:app/records/team/g/members/?at=:day", table: "sync_sessions", rows: { least: 2, most: 60 } },
    { path: "/apps/:app/records/account/u/history/", table: "tasks", rows: { least: 60, most: 200 } },
    { path: "/apps/:app/sync/:held/held/", table: "record_changes", rows: { least: 2000, most: 2000 } },
  ])("$path reads between $rows.least and $rows.most rows of $table", async ({ path, table, rows }) => {
    const log = new StatementLog();
    await withBridge(database, async (bridge) => {
      const api = await createApi(bridge, { org });
      const day = new Date(Date.now() - 24 * 60 * 60_000).toISOString();
      const address = path.replace(":app", app).replace(":held", HELD).replace(":day", day);
      expect(await api.call("GET", address)).toMatchObject({ status: 200 });
    }).finally(() => log[Symbol.dispose]());
    const read = await withAsk(database, async (ask) => {
      let sum = 0;
      for (const statement of log.statements.filter(({ text }) => isRead(text, table)))
        sum += await countRowsRead(ask, statement, table);
      return sum;
    });
    expect(read).toBeGreaterThanOrEqual(rows.least);
    expect(read).toBeLessThanOrEqual(rows.most);
  });
});

/** Whether a statement reads a table for the caller; what runs in the background writes. */
function isRead(text: string, table: string): boolean {
  return new RegExp(`from "?${table}\\b`).test(text) && !/\b(insert|update|delete)\b/.test(text);
}

/** The app that most rows belong to, with its first session. */
function toCenter(settings: readonly Setting[]) {
  const [first, , third] = settings;
  return { appId: first?.["app_id"] ?? "", syncId: third?.["sync_id"] ?? "" };
}

async function withBridge<T>(
  database: DatabaseOptions,
  use: (bridge: Bridge, lines: string[]) => Promise<T>,
): Promise<T> {
  const lines: string[] = [];
  const logger = pino({ level: "info" }, { write: (line: string) => void lines.push(line) });
  const bridge = await createBridge({ database, logger, rateLimit: null });
  try {
    return await use(bridge, lines);
  } finally {
    await bridge.close();
  }
}

/** Calls every operation of some methods, in their order, in every way that the document describes. */
async function exercise(
  bridge: Bridge,
  { slug, settings }: { slug: string; settings: readonly Setting[] },
  methods: readonly string[],
): Promise<void> {
  const api = await createApi(bridge, { org: slug });
  const center = settings[0]?.["app_id"] ?? "";
  const limited = await bridge.createKey({
    org: slug,
    name: "limited",
    role: "connector",
    appIds: [center],
  });
  for (const operation of methods.flatMap((name) => operations.filter(({ method }) => method === name))) {
    const fresh = await Promise.all(settings.map(async (setting) => (await freshen(api, setting)) ?? setting));
    const others = fresh.filter((setting) => setting["app_id"] !== center || !spares(operation));
    const caller = { settings: others, orgSlug: slug, key: operation.isPublic ? undefined : api.key };
    // A statement that does not run has no plan.
    expect((await trySuccess(bridge, operation, caller)).response.status, operation.id).toBeLessThan(500);
    if (operation.method !== "GET") continue;
    for (const request of readRequests(operation, settings, slug))
      expect((await send(bridge, request, caller.key)).status, request.address).toBeLessThan(500);
    await trySuccess(bridge, operation, { ...caller, key: limited.key });
  }
  // Of an account in the app with the most tasks.
  const history = await api.call("GET", `/apps/${center}/records/account/a000001/history/`);
  expect(history.status).toBe(200);
  await bridge.whenReconciled();
  await bridge.whenIndexed();
  await bridge.whenDeleted();
}

/** Whether to leave the main app alone: it would be gone, or a reconciliation would read all of it. */
function spares({ id, method }: Operation): boolean {
  return method === "DELETE" || ["completeSync", "abandonSync", "confirmSync"].includes(id);
}

/** A request for each value of each query parameter, and for the next page. */
function* readRequests(operation: Operation, settings: readonly Setting[], slug: string) {
  const optional = operation.parameters.filter(({ in: place }) => place === "query");
  for (const valid of buildValidRequests(operation, settings))
    for (const { name, schema } of optional)
      for (const value of buildValues(schema))
        yield toWireRequest({ ...valid, query: { ...valid.query, [name]: String(value) } }, slug);
}
