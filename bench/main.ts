import { parseArgs } from "node:util";

/** `pnpm bench NAME`: each bench is a module that exports `run`. */
const BENCHES = { sync: () => import("./sync/bench.ts") };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { records: { type: "string", default: "100000" }, json: { type: "boolean", default: false } },
});
const [name] = positionals;
const records = Number(values.records);
if (name === undefined || !Object.hasOwn(BENCHES, name) || !Number.isInteger(records) || records < 100) {
  console.error(`Usage: pnpm bench ${Object.keys(BENCHES).join("|")} [--records N (100 at least)] [--json]`);
  process.exit(2);
}
const { run } = await BENCHES[name as keyof typeof BENCHES]();
process.exitCode = (await run({ records, json: values.json })) ? 0 : 1;
