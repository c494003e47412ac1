import { ConfigError } from "@bridgekit/core";
import { bamboohr } from "./bamboohr/bamboohr.ts";
import { odoo } from "./odoo/odoo.ts";

const systems = { odoo, bamboohr };

/** The connector of each system, by the name that `hr` takes. */
export type HrSystems = typeof systems;

/**
 * The connector for an HR system; its config, resource types and actions are those of the system.
 *
 * @example
 * defineConfig({
 *   apps: { emea: { connector: hr({ system: "odoo" }), config: { url: "https://hr.example.com", apiKey } } },
 * });
 * @throws ConfigError where there is no such system.
 */
export function hr<System extends keyof HrSystems>({ system }: { system: System }): HrSystems[System] {
  if (!Object.hasOwn(systems, system))
    throw new ConfigError(`hr() knows no system "${system}"; there are ${Object.keys(systems).join(", ")}.`);
  return systems[system];
}

/** The systems that there are; `bridgekit init` reads them. */
hr.systems = Object.keys(systems);
