import { createOdooSandbox, type OdooState } from "@bridgekit/connector-hr/sandbox";
import { join } from "node:path";
import { readState, writeState } from "../keep-state.ts";
import type { System } from "../system.ts";
import { planHrTasks } from "./plan-hr-tasks.ts";

const REGIONS = [
  { region: "emea", employees: 120, seed: 1 },
  { region: "apac", employees: 80, seed: 2 },
  { region: "americas", employees: 100, seed: 3 },
];

/** Starts an HR system for each region, with the people that the last run left it with. Tasks wait in the first one. */
export function startHrSystems(folder: string): Promise<System[]> {
  return Promise.all(
    REGIONS.map(async ({ region, employees, seed }, index): Promise<System> => {
      const file = join(folder, `odoo-${region}.json`);
      const apiKey = `sandbox-key-${region}`;
      const state = await readState<OdooState>(file);
      const odoo = createOdooSandbox({ apiKey, seed: { region, employees, seed }, ...(state && { state }) });
      const { url, close } = await odoo.listen();
      const prefix = `HR_${region.toUpperCase()}`;
      return {
        key: `hr-${region}`,
        url,
        settings: { [`${prefix}_URL`]: url, [`${prefix}_API_KEY`]: apiKey },
        countAccounts: () => odoo.internalUsers().length,
        ...(index === 0 && { planTasks: () => planHrTasks(odoo) }),
        save: () => writeState(file, odoo.snapshot()),
        close,
      };
    }),
  );
}
