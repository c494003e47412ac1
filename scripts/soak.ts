import { parseArgs } from "node:util";

interface SoakOptions {
  rounds: number;
  sequences: number;
  seed: number | undefined;
  apps: number;
  workers: number;
  seconds: number;
  onProgress: (text: string) => void;
  log: (line: string) => void;
}

/** Returns whether the proof held. */
type Proof = (options: SoakOptions) => Promise<boolean>;

// The long forms of the proofs: `pnpm soak NAME`. Imports only the chosen one.
const server = () => import("../packages/server/test/proofs.ts");
const core = () => import("../packages/core/test/proofs.ts");
const cli = () => import("../packages/cli/test/proofs.ts");
const fleet = () => import("../packages/fleet/test/proofs.ts");
const proofs: Readonly<Record<string, Proof>> = {
  model: async (options) => (await server()).proofs.model(options),
  crash: async (options) => (await server()).proofs.crash(options),
  faults: async (options) => (await core()).proofs.faults(options),
  kill: async (options) => (await cli()).proofs.kill(options),
  fleet: async (options) => (await fleet()).proofs.fleet(options),
};

/** Prints its progress every ten seconds. */
function createProgress(): (text: string) => void {
  let said = performance.now();
  return (text) => {
    if (performance.now() - said < 10_000) return;
    said = performance.now();
    console.log(text);
  };
}

const USAGE =
  `Usage: pnpm soak ${Object.keys(proofs).join("|")} [--rounds N] [--sequences N] [--seed=N]; ` +
  `of the fleet [--apps N] [--workers N] [--seconds N]`;

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        rounds: { type: "string", default: "20" },
        sequences: { type: "string", default: "2000" },
        seed: { type: "string" },
        apps: { type: "string", default: "1000" },
        workers: { type: "string", default: "6" },
        seconds: { type: "string", default: "600" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}

const { values, positionals } = readArguments();
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const [name = ""] = positionals;
const options = {
  rounds: Number(values.rounds),
  sequences: Number(values.sequences),
  seed: values.seed === undefined ? undefined : Number(values.seed),
  apps: Number(values.apps),
  workers: Number(values.workers),
  seconds: Number(values.seconds),
};
const areNumbers = Object.values(options).every((value) => value === undefined || Number.isInteger(value));
const prove = Object.hasOwn(proofs, name) ? proofs[name] : undefined;
const { seed: _, ...counts } = options;
if (!prove || !areNumbers || Object.values(counts).some((count) => count < 1)) {
  console.error(USAGE);
  process.exit(2);
}
let holds = false;
try {
  holds = await prove({ ...options, onProgress: createProgress(), log: (line) => console.log(line) });
} catch (error) {
  console.error(error);
}
// Abandoned servers would keep this process alive.
process.exit(holds ? 0 : 1);
