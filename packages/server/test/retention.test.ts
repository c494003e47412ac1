import { type Kysely, sql } from "kysely";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDatabase } from "../src/database/open-database.ts";
import type { Tables } from "../src/database/schema.ts";
import { createBridge, type DatabaseOptions } from "../src/index.ts";
import { ClockWatch } from "../src/retention/clock-watch.ts";
import { deleteExpired, type Deleted } from "../src/retention/delete-expired.ts";
import { accounts, createApi, type Api } from "./support/api.ts";
import { createDatabase, DATABASES, silent } from "./support/open-bridge.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const START = Date.parse("2026-01-01T00:00:00Z");
const daysLater = (days: number) => new Date(START + days * DAY_MS);

describe.each(DATABASES)("the retention on %s", (kind) => {
  let database: DatabaseOptions;
  let drop: () => Promise<void>;
  let slug: string;
  beforeEach(async () => {
    ({ database, drop } = await createDatabase(kind));
    slug = "";
  });
  afterEach(() => drop());

  /** Calls a Bridge on the database whose clock shows this day, always in the same organisation. */
  async function on(day: number, use: (api: Api) => Promise<void>, retentionDays: number | null = null): Promise<void> {
    const bridge = await createBridge({
      database,
      logger: silent,
      now: () => daysLater(day),
      retentionDays,
      sessionDays: null,
    });
    try {
      const api = await createApi(bridge, slug === "" ? {} : { org: slug });
      ({ slug } = api);
      await use(api);
    } finally {
      await bridge.close();
    }
  }

  async function withTables<T>(use: (tables: Kysely<Tables>) => Promise<T>): Promise<T> {
    const opened = await openDatabase(database, () => {});
    try {
      return await use(opened.kysely);
    } finally {
      await opened.close();
    }
  }

  /** Deletes what ended more than 90 days before this day, with every reconciliation in the index of refs. */
  const cleanOn = (day: number): Promise<Deleted> =>
    withTables(async (tables) => {
      await markIndexed(tables, 1_000_000);
      return deleteExpired(tables, { cutoff: daysLater(day - 90) });
    });

  const status = async (api: Api, app: string, syncId: string) =>
    (await api.call("GET", `/apps/${app}/sync/${syncId}/`)).status;

  test("deletes sessions that ended long ago with their changes, but never the newest of an app or a record", async () => {
    let app = "";
    const sessions: string[] = [];
    await on(0, async (api) => {
      app = await api.createApp({ guard: null });
      for (const end of ["complete", "abandon"] as const)
        sessions.push((await api.sync(app, [["account", accounts(2)]], end)).sync_id);
      // Replaced by the next start, so it has no reconciliation.
      sessions.push(await api.start(app));
    });
    await on(50, async (api) => {
      sessions.push((await api.sync(app, [["account", accounts(1)]])).sync_id);
    });
    await withTables(async (tables) => {
      for (const id of sessions)
        await sql`
          insert into record_changes (session_id, slug, id, change, app_id)
          select ${id}::uuid, 'test', 'x' || number, 'created', ${app}::uuid from generate_series(1, 4500) number
        `.execute(tables);
    });

    expect(await cleanOn(89)).toMatchObject({ sessions: 0 });
    // The third one ended when the fourth one started.
    expect(await cleanOn(91)).toMatchObject({ sessions: 2 });
    expect(await cleanOn(200)).toMatchObject({ sessions: 1 });
    await on(200, async (api) => {
      const found = await Promise.all(sessions.map((id) => status(api, app, id)));
      expect(found).toEqual([404, 404, 404, 200]);
      expect((await api.data(app, "account")).map(({ id }) => id)).toEqual(["u0", "u1"]);
      expect(await api.sync(app, [["account", accounts(3)]])).toMatchObject({ status: "completed" });
    });
    const changes = await withTables((tables) =>
      tables.selectFrom("record_changes").select("session_id").where("slug", "=", "test").execute(),
    );
    expect(changes.map(({ session_id }) => session_id)).toEqual(Array.from({ length: 4_500 }, () => sessions[3]));
  });

  test("keeps open and held sessions, however old", async () => {
    const kept: [app: string, syncId: string][] = [];
    await on(0, async (api) => {
      const held = await api.createApp();
      await api.sync(held, [["account", accounts(50)]]);
      kept.push([held, (await api.sync(held, [["account", []]])).sync_id]);
      const open = await api.createApp();
      kept.push([open, await api.start(open)]);
      await api.push(open, kept[1]![1], "account", accounts(1));
    });
    expect(await cleanOn(1000)).toMatchObject({ sessions: 1 });
    await on(1000, async (api) => {
      expect(await Promise.all(kept.map(([app, id]) => status(api, app, id)))).toEqual([200, 200]);
      const [[held, heldId], [open, openId]] = kept as [[string, string], [string, string]];
      expect((await api.call("POST", `/apps/${held}/sync/${heldId}/confirm/`)).status).toBe(202);
      expect((await api.push(open, openId, "account", accounts(1, 1))).status).toBe(200);
    });
  });

  test("keeps a due session and one whose changes the index of refs has not read yet", async () => {
    let app = "";
    const sessions: string[] = [];
    await on(0, async (api) => {
      app = await api.createApp();
      for (let count = 1; count <= 4; count++)
        sessions.push((await api.sync(app, [["account", accounts(count)]])).sync_id);
    });
    const deleted = await withTables(async (tables) => {
      for (const [index, id] of sessions.entries())
        await tables
          .updateTable("sync_sessions")
          .set({ version: index + 1, ...(index === 0 && { reconciliation: "due" }) })
          .where("id", "=", id)
          .execute();
      await markIndexed(tables, 3);
      const result = await deleteExpired(tables, { cutoff: daysLater(1000) });
      await tables
        .updateTable("sync_sessions")
        .set({ reconciliation: "done" })
        .where("id", "=", sessions[0]!)
        .execute();
      return result;
    });
    expect(deleted).toMatchObject({ sessions: 1 });
    await on(1000, async (api) => {
      expect(await Promise.all(sessions.map((id) => status(api, app, id)))).toEqual([200, 404, 200, 200]);
    });
  });

  test("deletes tasks that ended long ago with their history, and no open task", async () => {
    let app = "";
    const tasks: string[] = [];
    await on(0, async (api) => {
      app = await api.createApp();
      await api.sync(app, [["account", accounts(2)]]);
      const order = { action: "delete_account", payload: { account: { id: "u1" } } };
      for (let index = 0; index < 3; index++) {
        tasks.push((await api.call("POST", `/apps/${app}/tasks/`, order)).body.id);
      }
      await api.call("PATCH", `/apps/${app}/tasks/${tasks[0]}/status/`, { status: "completed" });
    });
    await on(50, async (api) => {
      await api.call("PATCH", `/apps/${app}/tasks/${tasks[1]}/status/`, { status: "completed" });
    });
    await withTables((tables) =>
      tables
        .insertInto("task_history")
        .values(
          tasks.map((id) => ({
            task_id: id,
            position: 99,
            at: daysLater(0),
            event: "claimed" as const,
            key_id: null,
            runner: "r",
          })),
        )
        .execute(),
    );
    expect(await cleanOn(91)).toMatchObject({ tasks: 1 });
    await on(91, async (api) => {
      const found = await Promise.all(tasks.map((id) => api.call("GET", `/apps/${app}/tasks/${id}/`)));
      expect(found.map((response) => response.status)).toEqual([404, 200, 200]);
    });
    const history = await withTables((tables) =>
      tables.selectFrom("task_history").select("task_id").where("position", "=", 99).execute(),
    );
    expect(history.map(({ task_id }) => task_id).sort()).toEqual(tasks.slice(1).sort());
  });

  test("deletes old events of every organisation, in several steps, and keeps the audit trail", async () => {
    let app = "";
    let audited = 0;
    await on(0, async (api) => {
      app = await api.createApp();
      audited = (await api.call("GET", "/audit/?limit=500")).body.entries.length;
    });
    await withTables(async (tables) => {
      const { id } = await tables.selectFrom("orgs").select("id").where("slug", "=", slug).executeTakeFirstOrThrow();
      await tables.deleteFrom("events").execute();
      const toEvent = (sequence: number, day: number) => ({
        org_id: id,
        sequence,
        app_id: app,
        data: JSON.stringify({ type: "task.created" as const, at: daysLater(day).toISOString(), app_id: app }),
        created_at: daysLater(day),
      });
      const events = [
        ...Array.from({ length: 4_100 }, (_, index) => toEvent(index + 7, 0)),
        toEvent(4_107, 10),
        toEvent(4_108, 20),
      ];
      await tables.insertInto("events").values(events).execute();
      expect(await deleteExpired(tables, { cutoff: daysLater(10) })).toMatchObject({ events: 4_100 });
      const left = await tables.selectFrom("events").select("sequence").orderBy("sequence").execute();
      expect(left.map(({ sequence }) => String(sequence))).toEqual(["4107", "4108"]);
    });
    await on(5000, async (api) => {
      expect((await api.call("GET", "/audit/?limit=500")).body.entries.length).toBeGreaterThan(audited);
    });
  });

  test("deletes refused calls whose last call is old from the audit trail, and keeps changes", async () => {
    const refused = (api: Api) => api.call("DELETE", `/keys/${api.keyId}/`);
    await on(0, async (api) => {
      await refused(api);
      await refused(api);
    });
    await on(50, async (api) => void (await refused(api)));
    expect(await cleanOn(95)).toMatchObject({ refusals: 1 });
    await on(95, async (api) => {
      const { entries } = (await api.call("GET", "/audit/?limit=500")).body;
      expect(entries.filter(({ status }: { status: number }) => status === 409)).toHaveLength(1);
      expect(entries.filter(({ operation }: { operation: string }) => operation === "createKey")).toHaveLength(3);
    });
  });

  test("runs when the Bridge starts, for the configured days, and not at all for null", async () => {
    let app = "";
    const sessions: string[] = [];
    for (const day of [0, 5, 9])
      await on(day, async (api) => {
        if (app === "") app = await api.createApp();
        sessions.push((await api.sync(app, [["account", accounts(1)]])).sync_id);
      });
    await withTables((tables) => markIndexed(tables, 1_000_000));
    const statuses = (api: Api) => Promise.all(sessions.map((id) => status(api, app, id)));

    await on(10_000, async () => {}, null);
    await on(10, async (api) => expect(await statuses(api)).toEqual([200, 200, 200]));
    await on(10, (api) => expect.poll(() => statuses(api)).toEqual([404, 200, 200]), 7);
  });

  test("deletes nothing while a Bridge starts with a clock that is far ahead", async () => {
    let app = "";
    const sessions: string[] = [];
    await on(0, async (api) => {
      app = await api.createApp();
      for (let count = 1; count <= 2; count++)
        sessions.push((await api.sync(app, [["account", accounts(count)]])).sync_id);
    });
    await withTables((tables) => markIndexed(tables, 1_000_000));
    const lines: string[] = [];
    const logger = pino({ level: "warn" }, { write: (line: string) => void lines.push(line) });
    await using bridge = await createBridge({ database, logger, now: () => daysLater(400) });
    await expect.poll(() => lines.join("")).toContain("nothing is deleted and no session expires for an hour");
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ daysAhead: 399 });
    const api = await createApi(bridge, { org: slug });
    expect(await Promise.all(sessions.map((id) => status(api, app, id)))).toEqual([200, 200]);
  });

  test("stops between two steps when asked to", async () => {
    await on(0, async (api) => {
      const app = await api.createApp();
      for (let count = 1; count <= 4; count++) await api.sync(app, [["account", accounts(count)]]);
    });
    await withTables(async (tables) => {
      await markIndexed(tables, 1_000_000);
      const options = { cutoff: daysLater(100), signal: AbortSignal.abort() };
      expect(await deleteExpired(tables, options)).toMatchObject({ sessions: 1 });
    });
  });
});

test("a clock that jumps ahead is doubted once, and one that goes on, stands still or goes back is not", () => {
  let [hours, ticks] = [0, 0];
  const clock = new ClockWatch(
    () => new Date(hours * 3_600_000),
    () => ticks * 3_600_000,
  );
  const after = (shown: number, passed: number) => {
    hours += shown;
    ticks += passed;
    return clock.look(new Date(0));
  };
  expect(after(20, 0)).toBeUndefined();
  expect(after(1, 1)).toBeUndefined();
  expect(after(24 * 365 + 1, 1)).toBe(365);
  expect(after(1, 1)).toBeUndefined();
  expect(after(-24 * 365, 1)).toBeUndefined();
  expect(after(0, 1)).toBeUndefined();
  expect(after(1, 1)).toBeUndefined();
});

test("an invalid retention is refused", async () => {
  for (const retentionDays of [0, -1, 1.5, Number.NaN])
    await expect(createBridge({ database: { kind: "pglite" }, retentionDays })).rejects.toThrow(
      "retentionDays must be",
    );
});

/** Sets for every app that the index of refs contains the reconciliations up to a version. */
async function markIndexed(tables: Kysely<Tables>, version: number): Promise<void> {
  await sql`
    insert into record_ref_progress (app_id, version) select id, ${version}::int from apps
    on conflict (app_id) do update set version = excluded.version, slug = null, id = null
  `.execute(tables);
}
