import { expect, inject, test } from "vitest";
import { describeCrashes, runCrashRounds } from "./crash/crash-rounds.ts";
import { DATABASES } from "./support/database-places.ts";

test.concurrent.each(DATABASES)(
  "after kill -9 under load a server on %s has everything it acknowledged, and nothing partially",
  async (kind) => {
    const result = await runCrashRounds({ places: inject("databasePlaces"), kind, rounds: 2, log: () => {} });
    console.log(`${kind}: ${describeCrashes(result)}`);
    for (const count of [result.pages, result.completes, result.reports, result.records, result.lost])
      expect(count).toBeGreaterThan(0);
  },
  3_600_000,
);
