interface FleetSoak {
  /** How many apps, workers and seconds. */
  apps: number;
  workers: number;
  seconds: number;
  log: (line: string) => void;
}

/** Syncs per second that a machine with two cores manages beside everything else. */
const SYNCS_PER_SECOND = 4;

/** The long form of this package's proof, for `pnpm soak NAME`. Returns whether it held. */
export const proofs = {
  async fleet({ apps, workers, seconds, log }: FleetSoak): Promise<boolean> {
    const { describeSoak, runSoak } = await import("./soak/run-soak.ts");
    const every = Math.max(20, Math.ceil(apps / SYNCS_PER_SECOND));
    const judgement = await runSoak({ apps, workers, seconds, every, mostLagSeconds: 120, killEvery: 10, log });
    log(describeSoak(judgement));
    return judgement.broken.length === 0;
  },
};
