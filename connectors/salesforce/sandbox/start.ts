import { runStandIn } from "@bridgekit/sandbox";
import { standIns } from "./stand-ins.ts";

await runStandIn(standIns.salesforce);
