import { expect, test } from "vitest";
import { describeSoak, runSoak } from "./soak/run-soak.ts";

test("a fleet whose workers, servers and database are killed and hang syncs on schedule, repeats nothing and removes nobody", async () => {
  const judgement = await runSoak({
    apps: 6,
    workers: 2,
    seconds: 30,
    every: 2,
    // Longer than a machine stands still by itself.
    timing: { heartbeat: 1, abortAfter: 15, deadAfter: 20, sweep: 5 },
    // What a slow machine takes is no failure here.
    mostLagSeconds: 300,
    killEvery: 5,
    log: () => {},
  });
  console.log(describeSoak(judgement));
  expect(judgement.broken).toEqual([]);
  for (const count of [judgement.syncs, judgement.tasks, judgement.removed]) expect(count).toBeGreaterThan(0);
});
