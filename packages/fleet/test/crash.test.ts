import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { TaskTools } from "../src/index.ts";
import { MORTAL, openTestFleet } from "./support/open-fleet.ts";

test.concurrent("the sync of a killed worker runs again on another, and never twice at once", async ({ expect }) => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const upstream = fleet.standIn.of("app");
  upstream.readMs = 600_000;
  const { child } = await fleet.spawnWorker(org, ["app"], MORTAL);
  await expect.poll(() => upstream.now.read).toBe(1);
  await fleet.spawnWorker(org, ["app"], MORTAL);
  child.kill("SIGKILL");
  await expect.poll(() => upstream.now.read).toBe(0);
  upstream.readMs = 0;
  await expect.poll(() => appOf(fleet)).toMatchObject({ state: "waiting", lastSyncEnd: "done", tries: 0 });
  expect([upstream.reads.length, upstream.most.read]).toEqual([2, 1]);
});

test.concurrent("a worker that stood still past its heartbeat and goes on changes nothing any more, and works again", async ({
  expect,
}) => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const upstream = fleet.standIn.of("app");
  upstream.readMs = 600_000;
  const stale = await fleet.spawnWorker(org, ["app"], MORTAL);
  await expect.poll(() => upstream.now.read).toBe(1);
  stale.child.kill("SIGSTOP");
  upstream.readMs = 0;
  const other = await fleet.spawnWorker(org, ["app"], MORTAL);
  await expect.poll(() => appOf(fleet)).toMatchObject({ state: "waiting", lastSyncEnd: "done" });
  // What it reads now would remove two people.
  upstream.accounts.delete("u1");
  upstream.accounts.delete("u2");
  upstream.release();
  await expect.poll(() => upstream.now.read).toBe(0);
  stale.child.kill("SIGCONT");
  const states = async () => (await fleet.workers()).map(({ id, state, running }) => [id, state, running]);
  const both = [stale.id, other.id].map((id) => [id, "working", 0]);
  await expect.poll(states).toEqual(both);
  // It would have pushed by its second heartbeat.
  await sleep(1500);
  const [app] = await Array.fromAsync(org.client.listApps());
  const records = await Array.fromAsync(org.client.listRecords(app!.id, "account"));
  expect(records.map(({ removed_at }) => removed_at)).toEqual([null, null, null]);
  const runs = await fleet.database.kysely
    .selectFrom("runs")
    .select(["worker", "ended_how"])
    .orderBy("generation")
    .execute();
  expect(runs).toEqual([
    { worker: stale.id, ended_how: "crashed" },
    { worker: expect.stringContaining(other.id), ended_how: "done" },
  ]);
  expect(stale.child.exitCode).toBeNull();
});

test.concurrent("an app that crashes its worker is parked after three tries, and hurts no other", async ({
  expect,
}) => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const bad = fleet.standIn.of("bad");
  bad.order = "crash";
  const first = await fleet.spawnWorker(org, ["bad"], MORTAL);
  await first.exited;
  // From now on the app runs in processes of its own.
  const second = await fleet.spawnWorker(org, ["bad", "good"], { ...MORTAL, every: 1 });
  await expect.poll(() => appOf(fleet, "bad")).toMatchObject({ state: "parked", tries: 3 });
  expect([bad.reads.length, second.child.exitCode]).toEqual([3, null]);
  const before = fleet.standIn.of("good").reads.length;
  await expect.poll(() => fleet.standIn.of("good").reads.length).toBeGreaterThan(before);

  bad.order = "read";
  expect(await fleet.resume({ keys: ["bad"] })).toEqual(["bad"]);
  await expect.poll(() => appOf(fleet, "bad")).toMatchObject({ lastSyncEnd: "done", tries: 0 });
});

test("a run of tasks that was given to another worker ends at once, one that is handed over in its own time", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const app = fleet.toApp({ org, key: "app" });
  const log: string[] = [];
  const open = async () => {
    const opened = await app.open();
    return Object.assign(opened, {
      async tasks({ signal, killSignal }: TaskTools) {
        log.push("began");
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        log.push(killSignal.aborted ? "ends at once" : "ends in its own time");
        return { isGood: true, note: "" };
      },
    });
  };
  const worker = await fleet.startWorker([{ ...app, open }]);
  await expect.poll(() => appOf(fleet)).toMatchObject({ lastSyncEnd: "done" });
  const [{ id } = { id: "" }] = await Array.fromAsync(org.client.listApps());
  await org.client.createTask(id, { action: "suspend_account", payload: { account: { id: "u1" } } });
  await expect.poll(() => log).toEqual(["began"]);
  // As the others do with the runs of a worker that they hear nothing of.
  const crashed = { ended_at: new Date(), ended_how: "crashed" } as const;
  await fleet.database.kysely.updateTable("runs").set(crashed).where("ended_at", "is", null).execute();
  await expect.poll(() => log).toEqual(["began", "ends at once", "began"]);
  await worker.drain(0);
  expect(log.at(-1)).toBe("ends in its own time");
});

test("a worker that is stopped hands over what it runs at once", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const upstream = fleet.standIn.of("app");
  upstream.readMs = 600_000;
  const { child, exited } = await fleet.spawnWorker(org, ["app"]);
  await expect.poll(() => upstream.now.read).toBe(1);
  await fleet.spawnWorker(org, ["app"]);
  child.kill("SIGTERM");
  upstream.readMs = 0;
  expect(await exited).toEqual([0, null]);
  await expect.poll(() => appOf(fleet)).toMatchObject({ state: "waiting", lastSyncEnd: "done", tries: 0 });
  expect([upstream.reads.length, upstream.most.read]).toEqual([2, 1]);
  expect(await fleet.workers()).toHaveLength(1);
});

test("a worker that is asked to drain ends what it runs, and exits", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const upstream = fleet.standIn.of("app");
  upstream.readMs = 2000;
  const { id, exited } = await fleet.spawnWorker(org, ["app"], { graceSeconds: 600 });
  await expect.poll(() => upstream.now.read).toBe(1);
  expect([await fleet.drain(id), await fleet.drain("another")]).toEqual([true, false]);
  expect(await exited).toEqual([0, null]);
  expect([await appOf(fleet), upstream.reads.length]).toMatchObject([{ state: "waiting", lastSyncEnd: "done" }, 1]);
});

async function appOf({ apps }: Awaited<ReturnType<typeof openTestFleet>>, key = "app") {
  for await (const app of apps({ keys: [key] })) return app;
  return undefined;
}
