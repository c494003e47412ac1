import { expect, test } from "vitest";
import { openFleet } from "./support/open-fleet.ts";
import { createUpstream, toFleetApp } from "./support/upstream.ts";

test("two workers sync each of three apps once on schedule, never twice at once", async () => {
  await using fleet = await openFleet();
  const org = await fleet.openOrg();
  const upstreams = [1, 2, 3].map(() => createUpstream({ readMs: 300 }));
  const apps = upstreams.map((upstream, index) => toFleetApp({ org, key: `app${index}`, upstream }));
  await Promise.all([fleet.startWorker(apps), fleet.startWorker(apps)]);
  await expect.poll(() => lastEnds(fleet.database)).toEqual(["done", "done", "done"]);
  expect(upstreams.map(({ syncs, most }) => [syncs, most.sync])).toEqual([
    [1, 1],
    [1, 1],
    [1, 1],
  ]);

  for await (const app of org.client.listApps())
    expect(await Array.fromAsync(org.client.listRecords(app.id, "account"))).toHaveLength(3);
});

test("a task is carried out as soon as it is created, by one worker", async () => {
  await using fleet = await openFleet();
  const org = await fleet.openOrg();
  const upstream = createUpstream();
  const apps = [toFleetApp({ org, key: "app", upstream })];
  await Promise.all([fleet.startWorker(apps), fleet.startWorker(apps)]);
  await expect.poll(() => lastEnds(fleet.database)).toEqual(["done"]);
  const [app] = await Array.fromAsync(org.client.listApps());
  const tasks = await Promise.all(
    ["u1", "u2"].map((id) =>
      org.client.createTask(app!.id, { action: "suspend_account", payload: { account: { id } } }),
    ),
  );
  for (const { id } of tasks)
    await expect.poll(async () => (await org.client.getTask(app!.id, id)).status).toBe("completed");
  expect(upstream.done.toSorted()).toEqual(["suspend_account u1", "suspend_account u2"]);
  expect(upstream.most.tasks).toBe(1);
});

type Database = Awaited<ReturnType<typeof openFleet>>["database"];

async function lastEnds({ kysely }: Database) {
  const rows = await kysely.selectFrom("apps").select("last_sync_end").orderBy("id").execute();
  return rows.map(({ last_sync_end: end }) => end);
}
