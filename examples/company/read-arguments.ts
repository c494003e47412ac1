import { parseArgs } from "node:util";

const USAGE = `Usage: npm start [-- --once] [--json] [--data DIR] [--sync-every SECONDS]

  --once                stop after one round
  --json                print one line of JSON
  --data DIR            where the data is and stays; .bridge/demo by default
  --sync-every SECONDS  between two syncs of a system; 60 by default`;

/** The arguments of the demo. Prints how it is used, and exits, if asked to or if one is wrong. */
export function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        once: { type: "boolean" },
        json: { type: "boolean" },
        data: { type: "string" },
        "sync-every": { type: "string", default: "60" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    if (!(Number(values["sync-every"]) >= 1))
      throw new Error(`--sync-every must be a number of seconds, 1 or more; got "${values["sync-every"]}".`);
    return values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}
