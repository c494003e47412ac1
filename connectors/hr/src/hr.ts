import { ConfigError } from "@bridgekit/core";
import { bamboohr } from "./bamboohr/bamboohr.ts";
import { odoo } from "./odoo/odoo.ts";

const systems = { odoo, bamboohr };

/** The connectors by the name that `hr` takes. */
export type HrSystems = typeof systems;

/**
 * Returns the connector for an HR system; its config, resource types and actions depend on the system.
 *
 * @example
 * defineConfig({
 *   apps: { emea: { connector: hr({ system: "odoo" }), config: { url: "https://hr.example.com", apiKey } } },
 * });
 * @throws ConfigError if the system is unknown.
 */
export function hr<System extends keyof HrSystems>({ system }: { system: System }): HrSystems[System] {
  if (!Object.hasOwn(systems, system))
    throw new ConfigError(`Unknown system "${system}" in hr(); known are ${Object.keys(systems).join(", ")}.`);
  return systems[system];
}

/** The names of the systems, for `bridgekit init`. */
hr.systems = Object.keys(systems);
