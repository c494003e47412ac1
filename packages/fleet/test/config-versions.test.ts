import { createClient } from "@bridgekit/client";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { lastEnds, openTestFleet, type TestFleet } from "./support/open-fleet.ts";

test("a sync that the old version of a config ends is followed by the schedule of the new one", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const upstream = fleet.standIn.of("app");
  upstream.readMs = 600_000;
  await fleet.startWorker([fleet.toApp({ org, key: "app", every: 500_000 })]);
  await expect.poll(() => upstream.now.read).toBe(1);
  await fleet.startWorker([fleet.toApp({ org, key: "app", every: 60 })]);
  upstream.release();
  await expect.poll(() => lastEnds(fleet)).toEqual(["done"]);
  await expect.poll(() => minutesUntilNext(fleet)).toBeLessThan(2);
});

test("a worker that starts again with the old version of a config does not keep the new one out", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  await fleet.startWorker([fleet.toApp({ org, key: "app", zone: "office" })], { zones: ["office"] });
  await expect.poll(() => lastEnds(fleet)).toEqual(["done"]);
  const old = await fleet.startWorker([fleet.toApp({ org, key: "app", zone: "cellar" })], { zones: ["cellar"] });
  expect((await onlyApp(fleet)).zone).toBe("cellar");
  await old.drain(0);
  // Nobody with its version has said so for some minutes.
  await fleet.database.kysely
    .updateTable("apps")
    .set({ seen_at: new Date(Date.now() - 6 * 60_000) })
    .execute();
  await expect.poll(async () => (await onlyApp(fleet)).zone).toBe("office");
});

test("open tasks of an app that no config has any more are no work", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const first = await fleet.startWorker([fleet.toApp({ org, key: "app" })]);
  await expect.poll(() => lastEnds(fleet)).toEqual(["done"]);
  await first.drain(0);
  const [app] = await Array.fromAsync(org.client.listApps());
  await org.client.createTask(app!.id, { action: "suspend_account", payload: { account: { id: "u1" } } });
  await fleet.database.kysely
    .updateTable("apps")
    .set({ seen_at: new Date(0) })
    .execute();
  let sweeps = 0;
  const bridge = createClient({
    baseUrl: org.url,
    apiKey: org.apiKey,
    fetch: (input, init) => {
      const request = new Request(input, init);
      if (request.url.includes("/overview/")) sweeps++;
      return fetch(request);
    },
  });
  const options = { orgs: [{ url: org.url, bridge }], timing: { sweep: 0.5 } };
  await fleet.startWorker([fleet.toApp({ org, key: "other" })], options);
  await expect.poll(() => sweeps).toBeGreaterThan(2);
  const { rows } = await sql`select 1 from fleet_jobs.job where name = 'tasks.default'`.execute(fleet.database.kysely);
  expect(rows).toEqual([]);
});

test("an app whose key is changed in the config takes its state along, once no worker has the old key", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const first = await fleet.startWorker([fleet.toApp({ org, key: "old", name: "App" })]);
  await expect.poll(() => lastEnds(fleet)).toEqual(["done"]);
  await first.drain(0);
  await fleet.pause({ keys: ["old"] });
  const { kysely } = fleet.database;
  const receipts = () => kysely.selectFrom("receipts").select(["app", "receipt"]).execute();
  const [{ receipt } = { receipt: "" }] = await receipts();
  await fleet.startWorker([fleet.toApp({ org, key: "new", name: "App" })]);
  const appOf = async (key: string) => (await Array.fromAsync(fleet.apps({ keys: [key] })))[0];
  await expect
    .poll(() => appOf("new"))
    .toMatchObject({ lastSyncEnd: "failed", note: expect.stringContaining('"old" of the fleet feeds the same app') });
  expect(fleet.standIn.of("new").reads).toEqual([]);
  await kysely
    .updateTable("apps")
    .set({ seen_at: new Date(0) })
    .where("key", "=", "old")
    .execute();
  await fleet.runNow({ keys: ["new"] });
  await expect.poll(() => appOf("new")).toMatchObject({ lastSyncEnd: "done", state: "paused" });
  expect(await appOf("old")).toBeUndefined();
  const kept = await receipts();
  expect([kept.length, new Set(kept.map(({ app }) => app)).size, kept[0]?.receipt]).toEqual([2, 1, receipt]);
  expect(await Array.fromAsync(org.client.listApps())).toHaveLength(1);
});

test("a worker whose config has another app under a key of the fleet is refused while the fleet has workers", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const app = fleet.toApp({ org, key: "app" });
  const first = await fleet.startWorker([app]);
  const others = [
    fleet.toApp({ org, key: "app", connector: "wiki" }),
    { ...app, name: "US", upstreamHost: "us.example.com" },
  ];
  for (const other of others)
    await expect(fleet.startWorker([other])).rejects.toThrow("Two fleets need a database each");
  expect((await fleet.workers()).map(({ id }) => id)).toEqual([first.id]);
  // The next version of the config may rename an app, or have its system at another address.
  const renamed = { ...app, name: "App" };
  for (const next of [renamed, { ...renamed, upstreamHost: "us.example.com" }])
    await (await fleet.startWorker([next])).drain(0);
  await first.drain(0);
  await fleet.startWorker([others[0]!]);
});

async function onlyApp({ apps }: TestFleet) {
  return (await Array.fromAsync(apps()))[0]!;
}

async function minutesUntilNext(fleet: TestFleet): Promise<number> {
  const { nextRunAt } = await onlyApp(fleet);
  return nextRunAt === null ? Infinity : (nextRunAt.getTime() - Date.now()) / 60_000;
}
