import { randomInt } from "node:crypto";
import type { ModelResult } from "./model/check-model.ts";
import { DATABASES, openDatabasePlaces } from "./support/database-places.ts";

/** A database grows with what is played on it, so a long run goes on with a fresh one and the next seed. */
const SEQUENCES_PER_DATABASE = 2000;

/** The long forms of this package's proofs, for `pnpm soak NAME`. Each responses whether what it proves held. */
export const proofs = {
  async model({ sequences, seed = randomInt(2 ** 31), onProgress, log }: ModelSoak): Promise<boolean> {
    const { addResult, checkModel, describeModel } = await import("./model/check-model.ts");
    const places = await openDatabasePlaces();
    try {
      let total: ModelResult | undefined;
      while (total === undefined || (total.sequences < sequences && total.failure === undefined)) {
        const before = total?.sequences ?? 0;
        const result = await checkModel({
          places,
          sequences: Math.min(SEQUENCES_PER_DATABASE, sequences - before),
          seed: total === undefined ? seed : total.seed + 1,
          onProgress: (played) => onProgress(`${before + played} of ${sequences} sequences`),
        });
        total = addResult(total, result);
      }
      log(`Seeds ${seed} to ${total.seed}.`);
      log(describeModel(total));
      return total.failure === undefined;
    } finally {
      await places.close();
    }
  },

  // Half of the rounds on each database, at the same time.
  async crash({ rounds, log }: CrashSoak): Promise<boolean> {
    const { describeCrashes, runCrashRounds } = await import("./crash/crash-rounds.ts");
    const places = await openDatabasePlaces();
    try {
      const halves = { pglite: Math.ceil(rounds / 2), postgres: Math.floor(rounds / 2) };
      const results = await Promise.allSettled(
        DATABASES.map((kind) => runCrashRounds({ places, kind, rounds: halves[kind], log })),
      );
      for (const [index, result] of results.entries()) {
        const text = result.status === "fulfilled" ? describeCrashes(result.value) : describeError(result.reason);
        log(`${DATABASES[index]}: ${text}`);
      }
      return results.every(({ status }) => status === "fulfilled");
    } finally {
      await places.close();
    }
  },
};

interface ModelSoak {
  sequences: number;
  seed?: number | undefined;
  onProgress: (text: string) => void;
  log: (line: string) => void;
}

interface CrashSoak {
  rounds: number;
  log: (line: string) => void;
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
