import { createOdooSandbox, type OdooSandbox, type OdooState } from "@bridgekit/connector-hr/sandbox";
import { join } from "node:path";
import type { Addresses } from "../addresses.ts";
import { readState, writeState } from "../keep-state.ts";
import type { System } from "../system.ts";
import { planOdooTasks } from "./plan-odoo-tasks.ts";

interface Region {
  region: string;
  employees: number;
  seed: number;
}

const REGIONS: readonly [Region, ...Region[]] = [
  { region: "emea", employees: 120, seed: 1 },
  { region: "apac", employees: 80, seed: 2 },
];

/** Starts an Odoo for each region in its state of the last run. Tasks wait in the first one. */
export async function startOdooSystems(folder: string, addresses: Addresses): Promise<System[]> {
  const [first, ...others] = REGIONS;
  return Promise.all([
    startFirst(folder, addresses, first),
    ...others.map((region) => start(folder, addresses, region)),
  ]);
}

async function startFirst(folder: string, addresses: Addresses, region: Region): Promise<System> {
  const { odoo, ...system } = await start(folder, addresses, region);
  return { ...system, planTasks: () => planOdooTasks(odoo) };
}

async function start(
  folder: string,
  addresses: Addresses,
  { region, employees, seed }: Region,
): Promise<System & { odoo: OdooSandbox }> {
  const file = join(folder, `odoo-${region}.json`);
  const apiKey = `sandbox-key-${region}`;
  const state = await readState<OdooState>(file);
  const odoo = createOdooSandbox({ apiKey, seed: { region, employees, seed }, ...(state && { state }) });
  const key = `hr-${region}`;
  const server = await addresses.listen(key, (port) => odoo.listen({ port }));
  const prefix = `HR_${region.toUpperCase()}`;
  return {
    odoo,
    key,
    url: server.url,
    settings: { [`${prefix}_URL`]: server.url, [`${prefix}_API_KEY`]: apiKey },
    countAccounts: () => odoo.internalUsers().length,
    save: () => writeState(file, odoo.snapshot()),
    close: () => server.close(),
  };
}
