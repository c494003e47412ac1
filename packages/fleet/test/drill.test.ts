import { expect, test } from "vitest";
import { runDrill } from "../src/index.ts";
import { lastEnds, MORTAL, openTestFleet } from "./support/open-fleet.ts";

const log = () => {};

test.concurrent("a drill kills workers, and shows that the fleet keeps its promises", async ({ expect }) => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const upstream = fleet.standIn.of("app");
  upstream.readMs = 600_000;
  const workers = [await fleet.spawnWorker(org, ["app"], MORTAL), await fleet.spawnWorker(org, ["app"], MORTAL)];
  await expect.poll(() => upstream.now.read).toBe(1);
  const lines: string[] = [];
  const promises = await runDrill(fleet.database, { kills: 1, noticeWithin: 300, log: (line) => lines.push(line) });
  expect(promises.map(({ promise, isHeld }) => [promise, isHeld])).toEqual([
    ["a dead worker is noticed within 300 s", true],
    ["what it ran runs again elsewhere within 300 s", true],
    ["no app runs twice at once", true],
    ["no app is parked because of it", true],
  ]);
  expect(lines).toEqual([
    expect.stringMatching(/^1 of 1: kills \S+, which runs 1$/),
    expect.stringMatching(
      /^ {2}noticed after [\d.]+ s; 1 of 1 runs were cut off, all of them ran again after [\d.]+ s$/,
    ),
  ]);
  expect(new Set(workers.map(({ child }) => child.signalCode))).toEqual(new Set(["SIGKILL", null]));
  await expect.poll(() => [upstream.now.read, upstream.reads.length, upstream.most.read]).toEqual([1, 2, 1]);
});

test.concurrent("a drill says what did not hold", async ({ expect }) => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  fleet.standIn.of("app").readMs = 600_000;
  await fleet.spawnWorker(org, ["app"], MORTAL);
  await expect.poll(() => fleet.standIn.of("app").now.read).toBe(1);
  // The other worker does not have the app.
  await fleet.spawnWorker(org, ["other"], MORTAL);
  // A drill rather kills a worker that runs something: only the first one may.
  await expect.poll(() => lastEnds(fleet)).toContain("done");
  const promises = await runDrill(fleet.database, { kills: 1, noticeWithin: 300, againWithin: 12, log });
  expect(promises.filter(({ isHeld }) => isHeld === false)).toEqual([
    { promise: "what it ran runs again elsewhere within 12 s", isHeld: false, seen: "1 of 1 did not" },
  ]);
});

test.concurrent("a drill of workers that run nothing claims only what it has seen", async ({ expect }) => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  await fleet.spawnWorker(org, ["app"], MORTAL);
  await fleet.spawnWorker(org, ["app"], MORTAL);
  await expect.poll(() => lastEnds(fleet)).toEqual(["done"]);
  const promises = await runDrill(fleet.database, { kills: 1, noticeWithin: 300, log });
  expect(promises[0]).toMatchObject({ isHeld: true, seen: expect.not.stringContaining("at most 0.") });
  expect(promises[1]).toMatchObject({ isHeld: null, seen: "not tried, as nothing was cut off" });
});

test("a drill leaves a fleet alone that it could stop", async () => {
  await using fleet = await openTestFleet();
  const org = await fleet.openOrg();
  const { child } = await fleet.spawnWorker(org, ["app"]);
  await expect(runDrill(fleet.database, { kills: 1, log })).rejects.toThrow("A drill needs two workers");
  await fleet.startWorker([fleet.toApp({ org, key: "app" })]);
  await expect.poll(async () => (await fleet.workers()).length).toBe(2);
  child.kill("SIGTERM");
  await expect.poll(async () => (await fleet.workers()).length).toBe(1);
  await expect(runDrill(fleet.database, { kills: 1, log })).rejects.toThrow("the fleet has 1, of which 0 allow it");
});
