import { runStandIn } from "@bridgekit/testing/sandbox";
import { standIns } from "./stand-ins.ts";

await runStandIn(standIns.salesforce);
