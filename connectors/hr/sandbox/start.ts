import { runStandIn } from "@bridgekit/sandbox";
import { standIns } from "./stand-ins.ts";

const name = process.argv[2] ?? "odoo";
const names = Object.keys(standIns).join(", ");
if (!Object.hasOwn(standIns, name)) throw new RangeError(`There is no stand-in "${name}"; there are ${names}.`);
await runStandIn(standIns[name as keyof typeof standIns]);
