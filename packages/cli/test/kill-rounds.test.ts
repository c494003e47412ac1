import { expect, test } from "vitest";
import { describeKills, runKillRounds } from "./kill/kill-rounds.ts";

test("bridgekit run that dies by kill -9 at any moment removes nobody, does no task twice and loses none", async () => {
  const result = await runKillRounds({ rounds: 5, log: () => {} });
  console.log(describeKills(result));
  for (const count of [result.tasks, result.calls, result.openSessions, result.records])
    expect(count).toBeGreaterThan(0);
}, 3_600_000);
