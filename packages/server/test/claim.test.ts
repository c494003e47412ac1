import { beforeEach, describe, expect, test } from "vitest";
import { DATABASES } from "./support/open-bridge.ts";
import { createTaskApp, type TaskApp } from "./support/tasks.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

describe.each(DATABASES)("claims on %s", async (kind) => {
  let tasks: TaskApp;
  let time = Date.parse("2026-01-01T00:00:00Z");
  const { api } = await setUpBridge(kind, { now: () => new Date(time) });
  beforeEach(async () => {
    tasks = await createTaskApp(api);
  });

  const at = (milliseconds: number) => new Date(milliseconds).toISOString();

  test("a claim leases the oldest tasks, and no other runner sees them pending", async () => {
    const newer = await tasks.create("u0");
    const older = await tasks.create("u1", { execute_after: at(time - 1_000) });
    const { body } = await tasks.claim("r1", { limit: 1, lease_seconds: 120 });
    const claim = { runner: "r1", lease_expires_at: at(time + 120_000) };
    expect(body.tasks).toEqual([{ ...older, claim }]);
    expect((await tasks.list("?status=pending")).body.tasks).toEqual([newer]);
    expect((await tasks.list()).body.tasks).toEqual([{ ...older, claim }, newer]);
    expect(await tasks.claimed("r2", { limit: 10 })).toEqual([newer.id]);
    expect(await tasks.claimed("r3", { limit: 10 })).toEqual([]);
    expect((await tasks.read(older.id)).history).toEqual([
      { at: at(time), event: "created", key_id: api.keyId },
      { at: at(time), event: "claimed", key_id: api.keyId, runner: "r1" },
    ]);
  });

  test("a task that is scheduled or has ended is not claimed", async () => {
    await tasks.create("u0", { execute_after: at(time + 1_000) });
    const ended = await tasks.create("u1");
    await tasks.report(ended.id);
    expect(await tasks.claimed("r1", { limit: 10 })).toEqual([]);
    expect(await tasks.claimed("r1", { task_ids: [ended.id] })).toEqual([]);
  });

  test("of twenty simultaneous runners one gets each task, and those of an account come in order", async () => {
    const accountOf = new Map<string, string>();
    for (let n = 0; n < 60; n++) accountOf.set((await tasks.create(`u${n % 10}`)).id, `u${n % 10}`);
    const got: string[] = [];
    const run = async (runner: string) => {
      for (let misses = 0; misses < 3;) {
        const claimed = await tasks.claimed(runner, { limit: 3 });
        if (claimed.length === 0) misses++;
        for (const id of claimed) {
          got.push(id);
          expect((await tasks.report(id)).status).toBe(200);
        }
      }
    };
    await Promise.all(Array.from({ length: 20 }, (_, n) => run(`r${n}`)));
    while ((await tasks.list("?status=pending")).body.count > 0) await run("last");
    const byAccount = (ids: Iterable<string>) => Object.groupBy(ids, (id) => accountOf.get(id) ?? "none");
    expect(byAccount(got)).toEqual(byAccount(accountOf.keys()));
  });

  test("tasks of one account keep their order, and while one is in flight no runner gets the others", async () => {
    const first = await tasks.create("u0");
    const second = await tasks.create("u0");
    const third = await tasks.create("u0");
    const other = await tasks.create("u1");
    expect(await tasks.claimed("r1")).toEqual([first.id]);
    // Tasks that are held back do not use up the limit.
    expect(await tasks.claimed("r2", { limit: 1 })).toEqual([other.id]);
    expect(await tasks.claimed("r2", { limit: 10 })).toEqual([]);
    // Not even to the same runner: it may have lost the response to its last claim.
    expect(await tasks.claimed("r1", { limit: 10 })).toEqual([]);
    expect(await tasks.claimed("r1", { task_ids: [second.id] })).toEqual([]);
    await tasks.report(first.id);
    expect(await tasks.claimed("r2", { limit: 10 })).toEqual([second.id, third.id]);
  });

  test("an older task that appears later is not handed out before the younger one ends", async () => {
    const newer = await tasks.create("u0");
    expect(await tasks.claimed("r1")).toEqual([newer.id]);
    const older = await tasks.create("u0", { execute_after: at(time - 60_000) });
    expect(await tasks.claimed("r2")).toEqual([]);
    expect(await tasks.claimed("r1")).toEqual([]);
    await tasks.report(newer.id);
    expect(await tasks.claimed("r1")).toEqual([older.id]);
  });

  test("a created account is the same under its requested and its assigned id", async () => {
    const join = await tasks.create("wish", { action: "create_account" });
    const early = await tasks.create("wish");
    expect(await tasks.claimed("r1")).toEqual([join.id]);
    expect(await tasks.claimed("r2")).toEqual([]);
    await tasks.report(join.id, { status: "completed", result: { account: { id: "4711" } } });
    const late = await tasks.create("4711");
    expect(await tasks.claimed("r1")).toEqual([early.id]);
    expect(await tasks.claimed("r2")).toEqual([]);
    await tasks.report(early.id);
    expect(await tasks.claimed("r2")).toEqual([late.id]);
    const last = await tasks.create("wish");
    expect(await tasks.claimed("r1")).toEqual([]);
    await tasks.report(late.id);
    expect(await tasks.claimed("r1")).toEqual([last.id]);
  });

  test("tasks are claimed by name, but not past an older one of the same account", async () => {
    const first = await tasks.create("u0");
    const second = await tasks.create("u0");
    const other = await tasks.create("u1");
    expect(await tasks.claimed("r1", { task_ids: [second.id] })).toEqual([]);
    expect(await tasks.claimed("r1", { task_ids: [second.id, first.id] })).toEqual([first.id, second.id]);
    const elsewhere = await createTaskApp(api);
    expect(await elsewhere.claimed("r1", { task_ids: [other.id] })).toEqual([]);
  });

  test("an expired lease frees its task, and a renewed one does not", async () => {
    const kept = await tasks.create("u0");
    const lost = await tasks.create("u1");
    await tasks.claim("r1", { limit: 2, lease_seconds: 60 });
    time += 30_000;
    const { body } = await tasks.claim("r1", { task_ids: [kept.id], lease_seconds: 60 });
    expect(body.tasks).toMatchObject([{ id: kept.id, claim: { lease_expires_at: at(time + 60_000) } }]);
    expect(await tasks.claimed("r2", { task_ids: [kept.id] })).toEqual([]);
    time += 30_000;
    expect((await tasks.list("?status=pending")).body.tasks).toMatchObject([{ id: lost.id }]);
    expect((await tasks.read(lost.id)).claim).toBeUndefined();
    expect(await tasks.claimed("r2", { limit: 10 })).toEqual([lost.id]);
    time += 30_000;
    expect(await tasks.claimed("r2", { limit: 10 })).toEqual([kept.id]);
    const runners = async (id: string) => (await tasks.read(id)).history.map(({ runner }) => runner).filter(Boolean);
    expect(await runners(kept.id)).toEqual(["r1", "r2"]);
    expect(await runners(lost.id)).toEqual(["r1", "r2"]);
  });

  test("a report of any runner ends the lease, and the assigned id of the account is stored", async () => {
    const task = await tasks.create("wish", { action: "create_account" });
    await tasks.claim("r1");
    const { body } = await tasks.report(task.id, { status: "completed", result: { account: { id: "4711" } } });
    expect(body).toMatchObject({ status: "completed", result: { account: { id: "4711" } } });
    expect(body.claim).toBeUndefined();
    expect((await tasks.read(task.id)).history.map(({ event }) => event)).toEqual(["created", "claimed", "completed"]);
    expect(await tasks.claimed("r2", { task_ids: [(await tasks.create("4711")).id] })).toHaveLength(1);
  });

  test("a cancelled task has failed, and names the runner that had claimed it", async () => {
    const waiting = await tasks.create("u0");
    const inHand = await tasks.create("u1");
    const next = await tasks.create("u1");
    const scheduled = await tasks.create("u2", { execute_after: at(time + 60_000) });
    await tasks.claim("r1", { task_ids: [inHand.id] });
    for (const { id } of [waiting, inHand, scheduled]) expect((await tasks.cancel(id)).status).toBe(204);

    expect(await tasks.read(waiting.id)).toMatchObject({
      status: "failed",
      error: { code: "INTERNAL_ERROR", message: "The task was cancelled before it was executed." },
      ended_at: at(time),
      history: [{ event: "created" }, { event: "cancelled", key_id: api.keyId }],
    });
    const { error, claim } = await tasks.read(inHand.id);
    expect(error?.message).toContain('while the runner "r1" had claimed it');
    expect(claim).toBeUndefined();
    expect((await tasks.read(scheduled.id)).status).toBe("failed");
    expect((await tasks.report(inHand.id)).body.detail).toBe("The task is failed already.");
    expect((await tasks.cancel(inHand.id)).status).toBe(409);
    expect((await tasks.cancel(crypto.randomUUID())).status).toBe(404);
    expect(await tasks.claimed("r2", { limit: 10 })).toEqual([next.id]);
  });

  test("the first runner that began a task is stored, and the next runner sees it", async () => {
    const task = await tasks.create("u0");
    const first = await tasks.claim("r1");
    expect(first.body.tasks).toMatchObject([{ id: task.id }]);
    expect(first.body.tasks[0]!.begun).toBeUndefined();
    expect(first.headers.get("x-bridge-extensions")?.split(", ")).toContain("begun-tasks");
    expect((await tasks.claim("r1", { task_ids: [task.id], begin: true })).body.tasks).toMatchObject([
      { begun: { runner: "r1", at: at(time) }, claim: { runner: "r1" } },
    ]);
    const begun = { runner: "r1", at: at(time) };
    time += 60_000;
    expect((await tasks.list("?status=pending")).body.tasks).toMatchObject([{ id: task.id, begun }]);
    expect((await tasks.claim("r2")).body.tasks).toMatchObject([{ id: task.id, begun }]);
    // A claim that gets nothing begins nothing, and a later runner is not the first.
    expect((await tasks.claim("r3", { task_ids: [task.id], begin: true })).body.tasks).toEqual([]);
    time += 1_000;
    expect((await tasks.claim("r2", { task_ids: [task.id], begin: true })).body.tasks).toMatchObject([{ begun }]);
    expect((await tasks.claim("r1", { begin: true })).status).toBe(400);
    await tasks.report(task.id);
  });

  test("a clock that is set back withholds no task, keeps their order and prolongs no lease", async () => {
    const before = time;
    const ahead = await tasks.create("u0");
    const wished = await tasks.create("u3", { execute_after: at(time) });
    expect(await tasks.claimed("r1", { task_ids: [ahead.id, wished.id], lease_seconds: 3600 })).toHaveLength(2);
    time -= 7_200_000;
    try {
      const later = await tasks.create("u0");
      const pending = (await tasks.list("?status=pending")).body.tasks;
      expect(pending.map(({ id }) => id)).toEqual([ahead.id, later.id]);
      expect(pending[1]!.execute_after > pending[0]!.execute_after).toBe(true);
      expect(await tasks.claimed("r2", { limit: 10 })).toEqual([ahead.id, later.id]);
      expect((await tasks.read(ahead.id)).claim).toMatchObject({ runner: "r2" });
      for (const { id } of [ahead, later, wished]) expect((await tasks.report(id)).status).toBe(200);
    } finally {
      time = before;
    }
  });

  test("an invalid claim gets 400", async () => {
    for (const body of [{ limit: 0 }, { limit: 101 }, { lease_seconds: 0 }, { task_ids: [] }, { task_ids: ["x"] }])
      expect((await tasks.claim("r1", body)).status, JSON.stringify(body)).toBe(400);
    expect((await tasks.claim("")).status).toBe(400);
  });
});
