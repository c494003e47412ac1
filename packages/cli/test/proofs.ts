interface KillSoak {
  rounds: number;
  log: (line: string) => void;
}

/** The long form of this package's proof, for `pnpm soak NAME`. Returns whether it held. */
export const proofs = {
  async kill({ rounds, log }: KillSoak): Promise<boolean> {
    const { describeKills, runKillRounds } = await import("./kill/kill-rounds.ts");
    log(describeKills(await runKillRounds({ rounds, log })));
    return true;
  },
};
