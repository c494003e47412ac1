import { randomInt } from "node:crypto";

interface FaultSoak {
  /** Syncs, and four times as many tasks. */
  rounds: number;
  seed?: number | undefined;
  onProgress: (text: string) => void;
  log: (line: string) => void;
}

/** The long form of the proof of this package, for `pnpm soak NAME`. Returns whether it held. */
export const proofs = {
  async faults({ rounds, seed = randomInt(2 ** 31), onProgress, log }: FaultSoak): Promise<boolean> {
    const { startBridge } = await import("./support/start-bridge.ts");
    const { describeSyncs, proveSyncs } = await import("./faults/sync-proof.ts");
    const { describeTasks, proveTasks } = await import("./faults/task-proof.ts");
    await using bridge = await startBridge();
    log(`seed ${seed}`);
    const syncs = await proveSyncs({
      bridge,
      syncs: rounds,
      seed,
      onProgress: (done) => onProgress(`${done} of ${rounds} syncs`),
    });
    log(describeSyncs(syncs));
    const tasks = await proveTasks({
      bridge,
      tasks: rounds * 4,
      seed,
      onProgress: (done) => onProgress(`${done} tasks`),
    });
    log(describeTasks(tasks));
    return true;
  },
};
