import { createClient, type BridgeClient } from "@bridgekit/client";
import { serve, type Bridge } from "@bridgekit/server";
import { openAddresses } from "./addresses.ts";
import { startBambooHr } from "./hr/start-bamboohr.ts";
import { startOdooSystems } from "./hr/odoo-systems.ts";
import { startJiraSites } from "./jira/jira-sites.ts";
import { openApps, type CompanyApp } from "./open-apps.ts";
import { startSalesforce } from "./salesforce/start-salesforce.ts";
import type { System } from "./system.ts";

export const ORG = "main";

export interface Company extends AsyncDisposable {
  /** Where the Bridge listens. */
  origin: string;
  /** The address of the organisation. */
  url: string;
  /** Of an administrator. */
  apiKey: string;
  client: BridgeClient;
  systems: readonly System[];
  apps: readonly CompanyApp[];
}

interface CompanyOptions {
  bridge: Bridge;
  /** Where the systems keep their state. */
  folder: string;
  say: (line: string) => void;
}

/** Serves the Bridge, starts the company's systems beside it, and opens the app of each. */
export async function openCompany({ bridge, folder, say }: CompanyOptions): Promise<Company> {
  await using running = new AsyncDisposableStack();
  const addresses = await openAddresses(folder, say);
  const server = await addresses.listen("bridge", (port) => serve(bridge, { port }));
  running.defer(() => server.close());
  const systems = [
    ...(await startOdooSystems(folder, addresses)),
    await startBambooHr(folder, addresses),
    ...(await startJiraSites(folder, addresses)),
    await startSalesforce(folder, addresses),
  ];
  for (const system of systems) running.defer(() => system.close());
  for (const { settings } of systems) Object.assign(process.env, settings);
  const origin = server.url;
  const url = `${origin}/org/${ORG}`;
  say(`Bridge at ${url}`);
  say(`Console at ${origin}/o/${ORG}`);
  for (const system of systems) say(`${system.key} at ${system.url}`);

  const apiKey = await makeKey(bridge);
  const client = createClient({ baseUrl: url, apiKey });
  const { default: config } = await import("./bridge.config.ts");
  const apps = await openApps(client, config, systems);
  await addresses.save();
  const owned = running.move();
  return { origin, url, apiKey, client, systems, apps, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** Keys are stored as hashes, so every run creates a new one. */
async function makeKey(bridge: Bridge): Promise<string> {
  if (!(await bridge.listOrgs()).some(({ slug }) => slug === ORG)) await bridge.createOrg(ORG);
  return (await bridge.createKey({ org: ORG, name: "demo", role: "admin", expiresInDays: 7 })).key;
}
