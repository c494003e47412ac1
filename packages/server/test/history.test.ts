import { describe, expect, test } from "vitest";
import type { components } from "@bridgekit/client";
import { accounts } from "./support/api.ts";
import { DATABASES } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

type Schemas = components["schemas"];

describe.each(DATABASES)("the history on %s", async (kind) => {
  let time = Date.parse("2026-01-01T00:00:00Z");
  const { bridge, api } = await setUpBridge(kind, { now: () => new Date(time) });

  const changesOf = (app: string, syncId: string, query = "") =>
    api.call<Schemas["ChangeList"]>("GET", `/apps/${app}/sync/${syncId}/changes/${query}`);

  async function allChanges(app: string, syncId: string, query = ""): Promise<Schemas["Change"][]> {
    const { status, body } = await changesOf(app, syncId, query);
    expect(status).toBe(200);
    return body.changes;
  }

  const active = (record: object) => ({ data: record, status: "active", removed_at: null, stub: false });

  test("shows what every session created, updated and removed, before and after, even after later sessions", async () => {
    const app = await api.createApp();
    const first = await api.sync(app, [
      [
        "account",
        [
          { id: "a", email: "1" },
          { id: "b", email: "1" },
          { id: "c", email: "1" },
        ],
      ],
    ]);
    time += 1_000;
    const second = await api.sync(app, [
      [
        "account",
        [
          { id: "a", email: "2" },
          { id: "c", email: "1" },
        ],
      ],
    ]);
    time += 1_000;
    const third = await api.sync(app, [
      [
        "account",
        [
          { id: "a", email: "3" },
          { id: "b", email: "1" },
        ],
      ],
    ]);

    expect(await allChanges(app, first.sync_id)).toEqual([
      { slug: "account", id: "a", change: "created", before: null, after: active({ id: "a", email: "1" }) },
      { slug: "account", id: "b", change: "created", before: null, after: active({ id: "b", email: "1" }) },
      { slug: "account", id: "c", change: "created", before: null, after: active({ id: "c", email: "1" }) },
    ]);
    expect(await allChanges(app, second.sync_id)).toEqual([
      {
        slug: "account",
        id: "a",
        change: "updated",
        before: active({ id: "a", email: "1" }),
        after: active({ id: "a", email: "2" }),
      },
      { slug: "account", id: "b", change: "removed", before: active({ id: "b", email: "1" }), after: null },
    ]);
    expect(await allChanges(app, third.sync_id)).toEqual([
      {
        slug: "account",
        id: "a",
        change: "updated",
        before: active({ id: "a", email: "2" }),
        after: active({ id: "a", email: "3" }),
      },
      {
        slug: "account",
        id: "b",
        change: "updated",
        before: {
          data: { id: "b", email: "1" },
          status: "inactive",
          removed_at: "2026-01-01T00:00:01.000Z",
          stub: false,
        },
        after: active({ id: "b", email: "1" }),
      },
      { slug: "account", id: "c", change: "removed", before: active({ id: "c", email: "1" }), after: null },
    ]);
  });

  test("has no change if only the order of the fields differs", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", [{ id: "a", email: "1", username: "u" }]]]);
    const again = await api.sync(app, [["account", [{ username: "u", email: "1", id: "a" }]]]);
    expect(await allChanges(app, again.sync_id)).toEqual([]);
    expect(again.progress.find(({ slug }) => slug === "account")).toMatchObject({ synced_count: 1, updated: 0 });
  });

  test("shows what a held session would do, and what it did after it was confirmed", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(30)]]);
    const { sync_id: held } = await api.sync(app, [
      ["account", [...accounts(5), { id: "new", email: "n" }, { id: "u5", email: "changed" }]],
    ]);
    const wouldBe = await allChanges(app, held, "?limit=500");
    expect(wouldBe.filter(({ change }) => change === "removed")).toHaveLength(24);
    expect(wouldBe.filter(({ change }) => change !== "removed")).toEqual([
      { slug: "account", id: "new", change: "created", before: null, after: active({ id: "new", email: "n" }) },
      {
        slug: "account",
        id: "u5",
        change: "updated",
        before: active({ id: "u5", email: "u5@example.com" }),
        after: active({ id: "u5", email: "changed" }),
      },
    ]);
    expect((await api.call("POST", `/apps/${app}/sync/${held}/confirm/`)).status).toBe(202);
    await bridge.whenReconciled();
    expect(await allChanges(app, held, "?limit=500")).toEqual(wouldBe);
    expect(await api.session(app, held)).toMatchObject({ status: "completed", confirmed_by: api.keyId });
  });

  test("drops what a discarded session would have done, and keeps who discarded it", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(30)]]);
    const { sync_id: held } = await api.sync(app, [["account", accounts(5)]]);
    expect((await api.call("POST", `/apps/${app}/sync/${held}/discard/`)).status).toBe(204);
    expect(await allChanges(app, held)).toEqual([]);
    expect(await api.session(app, held)).toMatchObject({ status: "abandoned", discarded_by: api.keyId });
  });

  test("pages through changes by cursor, and filters them by type and kind", async () => {
    const app = await api.createApp();
    const { sync_id: syncId } = await api.sync(app, [
      ["account", accounts(7)],
      ["team", [{ id: "g", name: "G" }]],
    ]);
    const seen: string[] = [];
    for (let address: string | null = `${api.base}/apps/${app}/sync/${syncId}/changes/?limit=3`; address !== null;) {
      const { body }: { body: Schemas["ChangeList"] } = await api.call("GET", address);
      seen.push(...body.changes.map(({ slug, id }) => `${slug} ${id}`));
      address = body.next;
    }
    expect(seen).toEqual([...accounts(7).map(({ id }) => `account ${id}`), "team g"]);
    expect((await allChanges(app, syncId, "?slug=team")).map(({ id }) => id)).toEqual(["g"]);
    expect(await allChanges(app, syncId, "?change=removed")).toEqual([]);
    expect((await changesOf(app, syncId, "?cursor=nonsense")).status).toBe(400);
  });

  test("has no changes of a session that is not reconciled yet", async () => {
    const app = await api.createApp();
    const open = await api.start(app);
    expect(await changesOf(app, open)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("in progress") },
    });
  });

  test("lists the sessions newest first with counts, durations and the key that started each", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(3)]]);
    const open = await api.start(app);
    await api.push(app, open, "account", accounts(2));
    time += 4_000;
    await api.complete(app, open);
    await bridge.whenReconciled();
    const last = await api.start(app);
    await api.push(app, last, "account", accounts(1));

    const { body } = await api.call<Schemas["SyncSessionList"]>("GET", `/apps/${app}/sync/?limit=2`);
    expect(body.sessions.map(({ sync_id }) => sync_id)).toEqual([last, open]);
    expect(body.sessions[0]).toMatchObject({ status: "in_progress", push_seconds: null, started_by: api.keyId });
    expect(body.sessions[0]?.progress.find(({ slug }) => slug === "account")).toMatchObject({ synced_count: 1 });
    expect(body.sessions[1]).toMatchObject({ status: "completed", push_seconds: 4, reconciliation_seconds: 0 });
    expect(body.sessions[1]?.progress.find(({ slug }) => slug === "account")).toMatchObject({ removed: 1 });
    const { body: rest } = await api.call<Schemas["SyncSessionList"]>("GET", body.next ?? "");
    expect(rest).toMatchObject({ sessions: [{ status: "completed" }], next: null });
    expect((await api.call("GET", `/apps/${app}/sync/?cursor=WyJhIl0`)).status).toBe(400);
  });
});
