import { expect, test } from "vitest";
import { describeSyncs, proveSyncs } from "./faults/sync-proof.ts";
import { describeTasks, proveTasks } from "./faults/task-proof.ts";
import { shareBridge } from "./support/share-bridge.ts";

// The seed in a failure repeats the same faults.
const SEED = 20_260_101;

const bridge = await shareBridge();

test("150 syncs with random faults on both sides: no fault removes anybody, and the first sync without one makes both sides equal", async () => {
  const result = await proveSyncs({ bridge, syncs: 150, seed: SEED });
  console.log(describeSyncs(result));
  const count = (end: string) => result.ends.counts.get(end) ?? 0;
  for (const end of ["completed", "abandoned", "updated", "UPSTREAM"]) expect(count(end)).toBeGreaterThan(0);
  expect(result.faults.total).toBeGreaterThan(150);
  expect(result.approved).toBeGreaterThan(0);
}, 3_600_000);

test("600 tasks with random faults and deaths: none with a known outcome is executed again, and none is lost", async () => {
  const result = await proveTasks({ bridge, tasks: 600, seed: SEED });
  console.log(describeTasks(result));
  const count = (end: string) => result.ends.counts.get(end) ?? 0;
  for (const times of [count("completed"), count("failed"), result.deaths]) expect(times).toBeGreaterThan(0);
}, 3_600_000);
