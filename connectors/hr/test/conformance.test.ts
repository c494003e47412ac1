import { join } from "node:path";
import { testSystems } from "@bridgekit/testing";
import { bambooHrTrial } from "./bamboohr/trial.ts";
import { odooTrial } from "./odoo/trial.ts";

testSystems({ folder: join(import.meta.dirname, ".."), systems: { odoo: odooTrial, bamboohr: bambooHrTrial } });
