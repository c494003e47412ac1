import { parseArgs } from "node:util";
import { type DatabasePlaces, openDatabasePlaces } from "./support/database-places.ts";

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
};

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
  console.error(`Usage: pnpm soak ${Object.keys(PROOFS).join("|")} [--rounds N] [--sequences N] [--seed N]`);
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
