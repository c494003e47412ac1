import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { components } from "@bridgekit/client";
import type { Bridge } from "../src/index.ts";
import { accounts, type Api, createApi } from "./support/api.ts";
import { DATABASES, openBridge } from "./support/open-bridge.ts";

type Schemas = components["schemas"];

describe.each(DATABASES)("the history of a record on %s", (kind) => {
  let bridge: Bridge;
  let api: Api;
  let time = Date.parse("2026-01-01T00:00:00Z");
  beforeAll(async () => {
    bridge = await openBridge(kind, { now: () => new Date(time) });
    api = await createApi(bridge);
  });
  afterAll(() => bridge.close());

  const moment = () => new Date(time).toISOString();
  const ida = (more: object) => ({ id: "ida", email: "ida@example.com", ...more });

  async function history(app: string, id = "ida", query = ""): Promise<Schemas["RecordHistory"]> {
    const { status, body } = await api.call("GET", `/apps/${app}/records/account/${id}/history/${query}`);
    expect(status).toBe(200);
    return body;
  }

  /** A session one minute after the previous one. */
  async function sync(app: string, records: readonly object[], end: "complete" | "abandon" = "complete") {
    time += 60_000;
    const session = await api.sync(app, [["account", records]], end);
    return { sync_id: session.sync_id, at: moment() };
  }

  test("shows what every session did, field by field, with the refs gained and lost", async () => {
    const app = await api.createApp();
    const first = await sync(app, [ida({ last_name: "Roth", memberships: { team: [{ id: "a" }] } })]);
    const second = await sync(app, [
      ida({ last_name: "Berg", city: "Lyon", memberships: { team: [{ id: "b", name: "B" }] } }),
    ]);
    const third = await sync(app, []);
    const fourth = await sync(app, [ida({ last_name: "Berg" })]);
    const { changes, created, removal, record } = await history(app);
    expect(changes).toEqual([
      {
        ...fourth,
        change: "returned",
        fields: [{ field: "city", before: "Lyon" }],
        gained: [],
        lost: [{ slug: "team", id: "b", name: "B" }],
      },
      { ...third, change: "removed", fields: [], gained: [], lost: [] },
      {
        ...second,
        change: "updated",
        fields: [
          { field: "city", after: "Lyon" },
          { field: "last_name", before: "Roth", after: "Berg" },
        ],
        gained: [{ slug: "team", id: "b", name: "B" }],
        lost: [{ slug: "team", id: "a" }],
      },
      { ...first, change: "created", fields: [], gained: [{ slug: "team", id: "a" }], lost: [] },
    ]);
    expect({ created, removal }).toEqual({ created: first, removal: null });
    expect(record.data).toEqual(ida({ last_name: "Berg" }));
  });

  test("comes in pages that together are complete", async () => {
    const app = await api.createApp();
    for (const name of ["A", "B", "C", "D", "E"]) await sync(app, [ida({ last_name: name })]);
    const whole = await history(app);
    expect(whole.changes).toHaveLength(5);
    const paged: unknown[] = [];
    for (let next: string | null = `/apps/${app}/records/account/ida/history/?limit=2`; next !== null;) {
      const { body }: { body: Schemas["RecordHistory"] } = await api.call("GET", next);
      paged.push(...body.changes);
      next = body.next;
    }
    expect(paged).toEqual(whole.changes);
    const { status } = await api.call("GET", `/apps/${app}/records/account/ida/history/?cursor=WyJ4Il0`);
    expect(status).toBe(400);
  });

  test("shows since when an account has each ref, by which session and by which task", async () => {
    const app = await api.createApp();
    await api.sync(app, [["team", ["a", "b", "c"].map((id) => ({ id, name: id }))]]);
    const first = await sync(app, [ida({ memberships: { team: [{ id: "a" }, { id: "c" }] } })]);
    await sync(app, [ida({ memberships: { team: [{ id: "a" }] } })]);
    const payload = { account: { id: "ida" }, changes: { team: { added: [{ id: "b" }] } } };
    const { body: task } = await api.call("POST", `/apps/${app}/tasks/`, { action: "update_account", payload });
    await api.call("PATCH", `/apps/${app}/tasks/${task.id}/status/`, { status: "completed" });
    const third = await sync(app, [ida({ memberships: { team: [{ id: "a" }, { id: "b" }, { id: "c" }] } })]);
    const { refs, tasks } = await history(app);
    expect(refs).toEqual([
      { slug: "team", id: "a", since: first },
      { slug: "team", id: "b", since: { ...third, task_id: task.id } },
      { slug: "team", id: "c", since: third },
    ]);
    expect(tasks).toMatchObject([{ id: task.id, status: "completed", action: "update_account" }]);
  });

  test("shows why a record was removed: last seen, absent, the guard's judgement, and who confirmed", async () => {
    const app = await api.createApp();
    await sync(app, [...accounts(50), ida({})]);
    const seen = await sync(app, [...accounts(50), ida({})]);
    const passed = await sync(app, accounts(50));
    expect((await history(app)).removal).toEqual({
      ...passed,
      last_seen: seen,
      absent: { started_at: passed.at, ended_at: passed.at, read: 50 },
      removed: 1,
      judgement: { guard: { max_share: 0.2, min_count: 10 }, losses: [] },
      confirmed_by: null,
    });

    const held = await sync(app, accounts(20));
    await api.call("POST", `/apps/${app}/sync/${held.sync_id}/confirm/`);
    await bridge.whenReconciled();
    expect((await history(app, "u49")).removal).toMatchObject({
      sync_id: held.sync_id,
      last_seen: passed,
      removed: 30,
      judgement: { losses: [{ slug: "account", of: "records", live: 50, lost: 30 }] },
      confirmed_by: api.keyId,
    });
  });

  test("counts a delta that had the record last as the last time it was seen", async () => {
    const app = await api.createApp();
    await sync(app, [...accounts(5), ida({})]);
    const delta = await sync(app, [ida({ last_name: "Roth" })], "abandon");
    await sync(app, [{ id: "u0", email: "other@example.com" }], "abandon");
    await sync(app, accounts(5));
    expect((await history(app)).removal?.last_seen).toEqual(delta);
  });

  test("of a group shows the changes of the group", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", [ida({ memberships: { team: [{ id: "a" }] } })]]]);
    await api.sync(app, [
      ["team", [{ id: "a", name: "A" }]],
      ["account", [ida({ memberships: { team: [{ id: "a" }] } })]],
    ]);
    await api.sync(app, [
      ["team", [{ id: "a", name: "B" }]],
      ["account", [ida({ memberships: { team: [{ id: "a" }] } })]],
    ]);
    const { body } = await api.call<Schemas["RecordHistory"]>("GET", `/apps/${app}/records/team/a/history/`);
    expect(body.changes.map(({ change, fields }) => ({ change, fields }))).toEqual([
      { change: "updated", fields: [{ field: "name", before: "A", after: "B" }] },
      { change: "created", fields: [] },
    ]);
    expect(body).toMatchObject({ refs: [], tasks: [], removal: null });
  });

  test("of an unknown record returns 404", async () => {
    const app = await api.createApp();
    for (const path of ["account/nobody", "nothing/ida"])
      expect((await api.call("GET", `/apps/${app}/records/${path}/history/`)).status).toBe(404);
  });
});
