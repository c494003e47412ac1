import { expect, test } from "vitest";
import { describeKills, runKillRounds } from "./kill/kill-rounds.ts";

test("kill -9 of bridgekit run at any moment removes nobody, repeats no task and loses none", async () => {
  const result = await runKillRounds({ rounds: 5, log: () => {} });
  console.log(describeKills(result));
  for (const count of [result.tasks, result.calls, result.openSessions, result.records])
    expect(count).toBeGreaterThan(0);
}, 3_600_000);
