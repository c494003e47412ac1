import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createBridge, type Bridge, type DatabaseOptions } from "../src/index.ts";
import { accounts, type Api, createApi } from "./support/api.ts";
import { withAsk } from "./support/ask.ts";
import { createDatabase, DATABASES, silent } from "./support/open-bridge.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const START = Date.parse("2026-01-01T00:00:00Z");

describe.each(DATABASES)("on %s", (kind) => {
  let database: DatabaseOptions;
  let drop: () => Promise<void>;
  let slug: string | undefined;
  beforeEach(async () => {
    ({ database, drop } = await createDatabase(kind));
    slug = undefined;
  });
  afterEach(() => drop());

  /** Calls a Bridge on the database whose clock shows this day, always in the same organisation. */
  async function on(
    day: number,
    use: (api: Api, bridge: Bridge) => Promise<void>,
    sessionDays: number | null = 30,
  ): Promise<void> {
    const now = () => new Date(START + day * DAY_MS);
    await happened(day - 0.5);
    await using bridge = await createBridge({ database, logger: silent, rateLimit: null, now, sessionDays });
    const api = await createApi(bridge, slug === undefined ? {} : { org: slug });
    ({ slug } = api);
    await use(api, bridge);
  }

  /** Moves the last event to this day: a Bridge doubts its clock after days without one. */
  const happened = (day: number) =>
    withAsk(database, async (ask) => {
      await ask("update events set created_at = $1 where sequence = (select max(sequence) from events)", [
        new Date(START + day * DAY_MS),
      ]);
    });

  const events = () =>
    withAsk(database, async (ask) => {
      const rows = await ask("select data from events order by sequence");
      return rows.map(({ data }) => data);
    });

  /** An app with 50 accounts and a session that would remove them all, which is held or still open. */
  async function begin(api: Api, end: "held" | "open"): Promise<{ app: string; syncId: string }> {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(50)]]);
    if (end === "held") return { app, syncId: (await api.sync(app, [["account", []]])).sync_id };
    const syncId = await api.start(app);
    await api.push(app, syncId, "account", accounts(1));
    return { app, syncId };
  }

  test.each(["open", "held"] as const)(
    "a session that is %s for too long is abandoned, and nobody is removed",
    async (end) => {
      let app = "";
      let syncId = "";
      await on(0, async (api) => {
        ({ app, syncId } = await begin(api, end));
        expect(await api.session(app, syncId)).toMatchObject({ expires_at: "2026-01-31T00:00:00.000Z" });
      });
      await on(29, async (api) => {
        expect((await api.session(app, syncId)).status).toBe(end === "held" ? "error" : "in_progress");
      });
      await on(30, async (api, bridge) => {
        await expect.poll(async () => (await api.session(app, syncId)).status).toBe("abandoned");
        expect(await api.session(app, syncId)).toMatchObject({
          expires_at: null,
          last_failure: expect.stringContaining("expired"),
        });
        expect((await api.call("GET", `/apps/${app}/sync/${syncId}/changes/`)).body.changes).toEqual([]);
        expect(await api.activeIds(app, "account")).toHaveLength(50);
        for (const ending of [api.complete, api.abandon]) expect((await ending(app, syncId)).status).toBe(409);
        expect((await api.call("POST", `/apps/${app}/sync/${syncId}/confirm/`)).status).toBe(409);
        expect((await api.push(app, syncId, "account", accounts(1))).status).toBe(409);
        await bridge.whenReconciled();
        await bridge.whenDeleted();
        expect(await api.activeIds(app, "account")).toHaveLength(50);
        const { entries } = (await api.call("GET", `/audit/?app_id=${app}`)).body;
        expect(entries).toContainEqual(
          expect.objectContaining({
            operation: "expireSync",
            key_id: null,
            path: expect.stringContaining(syncId),
            details: expect.objectContaining({ after: { status: "abandoned", error_code: "EXPIRED" } }),
          }),
        );
        expect(await api.sync(app, [["account", accounts(49)]])).toMatchObject({ status: "completed" });
      });
      expect(await events()).toContainEqual(
        expect.objectContaining({ type: "sync.ended", sync_id: syncId, status: "abandoned", error_code: "EXPIRED" }),
      );
      const pages = await withAsk(database, (ask) => ask("select from sync_pages where session_id = $1", [syncId]));
      expect(pages).toEqual([]);
    },
  );

  test("no session expires while a Bridge starts with a clock that is far ahead", async () => {
    let held = { app: "", syncId: "" };
    await on(0, async (api) => void (held = await begin(api, "held")));
    const warnings: string[] = [];
    const logger = pino({ level: "warn" }, { write: (line: string) => void warnings.push(line) });
    const now = () => new Date(START + 400 * DAY_MS);
    await using bridge = await createBridge({ database, logger, now });
    await expect.poll(() => warnings.join("")).toMatch(/no session expires for an hour|a session expired/);
    const api = await createApi(bridge, { org: slug! });
    expect((await api.session(held.app, held.syncId)).status).toBe("error");
  });

  test("the expiry of a held session is announced once, a week before; that of an open one is not", async () => {
    let held = "";
    await on(0, async (api) => {
      ({ syncId: held } = await begin(api, "held"));
      await begin(api, "open");
    });
    const warnings = async () => (await events()).filter(({ type }) => type === "sync.expiring");
    await on(22, async () => {});
    expect(await warnings()).toEqual([]);
    for (const day of [23, 24]) await on(day, async () => {});
    expect(await warnings()).toEqual([
      expect.objectContaining({ sync_id: held, expires_at: "2026-01-31T00:00:00.000Z" }),
    ]);
  });

  test("sessions stay for ever if so configured", async () => {
    let app = "";
    let syncId = "";
    await on(0, async (api) => void ({ app, syncId } = await begin(api, "open")), null);
    await on(
      1000,
      async (api) => {
        expect(await api.session(app, syncId)).toMatchObject({ status: "in_progress", expires_at: null });
        expect((await api.push(app, syncId, "account", accounts(1))).status).toBe(200);
      },
      null,
    );
  });
});

test("an invalid number of days is refused", async () => {
  await expect(createBridge({ database: { kind: "pglite" }, sessionDays: 0 })).rejects.toThrow("sessionDays must be");
});
