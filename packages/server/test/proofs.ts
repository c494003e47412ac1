import { parseArgs } from "node:util";
import { type DatabasePlaces, DATABASES, openDatabasePlaces } from "./support/database-places.ts";

/** The long forms of the proofs: `pnpm soak NAME`. Each answers whether what it proves held. */
interface SoakOptions {
  rounds: number;
  sequences: number;
  seed: number | undefined;
}

const PROOFS: Record<string, (places: DatabasePlaces, options: SoakOptions) => Promise<boolean>> = {
  async model(places, { sequences, seed }) {
    const { checkModel, describeModel } = await import("./model/check-model.ts");
    const onProgress = createProgress((played) => `${played} of ${sequences} sequences`);
    const result = await checkModel({ places, sequences, onProgress, ...(seed !== undefined && { seed }) });
    console.log(describeModel(result));
    return result.failure === undefined;
  },

  // Half of the rounds on each database, at the same time.
  async crash(places, { rounds }) {
    const { describeCrashes, runCrashRounds } = await import("./crash/crash-rounds.ts");
    const halves = { pglite: Math.ceil(rounds / 2), postgres: Math.floor(rounds / 2) };
    const log = (line: string) => console.log(line);
    const results = await Promise.allSettled(
      DATABASES.map((kind) => runCrashRounds({ places, kind, rounds: halves[kind], log })),
    );
    for (const [index, result] of results.entries()) {
      const text = result.status === "fulfilled" ? describeCrashes(result.value) : describeError(result.reason);
      console.log(`${DATABASES[index]}: ${text}`);
    }
    return results.every(({ status }) => status === "fulfilled");
  },
};

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Says how far it is, every ten seconds. */
function createProgress(describe: (done: number) => string): (done: number) => void {
  let said = performance.now();
  return (done) => {
    if (performance.now() - said < 10_000) return;
    said = performance.now();
    console.log(describe(done));
  };
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "20" },
    sequences: { type: "string", default: "2000" },
    seed: { type: "string" },
  },
});
const [name = ""] = positionals;
const options = {
  rounds: Number(values.rounds),
  sequences: Number(values.sequences),
  seed: values.seed === undefined ? undefined : Number(values.seed),
};
const areNumbers = Object.values(options).every((value) => value === undefined || Number.isInteger(value));
if (!Object.hasOwn(PROOFS, name) || !areNumbers || options.rounds < 1 || options.sequences < 1) {
  console.error(`Usage: pnpm soak ${Object.keys(PROOFS).join("|")} [--rounds N] [--sequences N] [--seed=N]`);
  process.exit(2);
}
const places = await openDatabasePlaces();
let holds = false;
try {
  holds = (await PROOFS[name]?.(places, options)) ?? false;
} finally {
  await places.close();
}
// Servers that were left for dead in this process would keep it alive.
process.exit(holds ? 0 : 1);
