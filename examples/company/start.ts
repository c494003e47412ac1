import { createClient } from "@bridgekit/client";
import { createBridge, serve, type Bridge } from "@bridgekit/server";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openAddresses } from "./addresses.ts";
import { runCycle, type CycleReport } from "./cycle.ts";
import { findSurprises } from "./expectations.ts";
import { openApps } from "./open-apps.ts";
import { startBambooHr } from "./hr/start-bamboohr.ts";
import { startOdooSystems } from "./hr/odoo-systems.ts";
import { startJiraSites } from "./jira/jira-sites.ts";
import { startSalesforce } from "./salesforce/start-salesforce.ts";
import type { System } from "./system.ts";
import { toTable } from "./table.ts";

const { values: options } = readArguments();
const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = resolve(options.data ?? `${root}.bridge/demo`);
const ORG = "main";
const say = (line: string) => void (options.json || console.log(line));

say(
  existsSync(`${folder}/data`)
    ? `Opening the Bridge in ${folder} ...`
    : `Setting up a Bridge in ${folder}; its database takes about ten seconds ...`,
);
const bridge = await createBridge({ database: { kind: "pglite", dataDir: `${folder}/data` } });
const addresses = await openAddresses(folder, say);
const server = await addresses.listen("bridge", (port) => serve(bridge, { port }));
const systems = [
  ...(await startOdooSystems(folder, addresses)),
  await startBambooHr(folder, addresses),
  ...(await startJiraSites(folder, addresses)),
  await startSalesforce(folder, addresses),
];
for (const { settings } of systems) Object.assign(process.env, settings);
try {
  const url = `${server.url}/org/${ORG}`;
  const apiKey = await makeKey(bridge);
  say(`Bridge at ${url}`);
  say(`Console at ${toConsole(server.url)}`);
  for (const system of systems) say(`${system.key} at ${system.url}`);

  const client = createClient({ baseUrl: url, apiKey });
  const { default: config } = await import("./bridge.config.ts");
  const apps = await openApps(client, config, systems);
  const report = await runCycle({ bridge: client, apps, folder, say });
  await addresses.save();
  const surprises = await findSurprises(client, apps, report);
  print(report, surprises);
  if (surprises.length > 0) process.exitCode = 1;
  if (!options.once) await operate(server.url, apiKey, systems);
} finally {
  await Promise.all(systems.map((system) => system.close()));
  await server.close();
  await bridge.close();
}

function toConsole(origin: string): string {
  return `${origin}/o/${ORG}`;
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        once: { type: "boolean" },
        json: { type: "boolean" },
        data: { type: "string" },
        "sync-every": { type: "string", default: "60" },
      },
    });
  } catch (error) {
    console.error(
      `${(error as Error).message}\nUsage: npm start [-- --once] [--json] [--data DIR] [--sync-every SECONDS]`,
    );
    process.exit(2);
  }
}

/** Keys are stored as hashes, so every run creates a new one. */
async function makeKey(bridge: Bridge): Promise<string> {
  if (!(await bridge.listOrgs()).some(({ slug }) => slug === ORG)) await bridge.createOrg(ORG);
  return (await bridge.createKey({ org: ORG, name: "demo", role: "admin", expiresInDays: 7 })).key;
}

function print({ apps, tasks, plans }: CycleReport, surprises: readonly string[]): void {
  if (options.json) {
    console.log(JSON.stringify({ apps, tasks }));
    for (const surprise of surprises) console.error(`NOT as expected: ${surprise}`);
    return;
  }
  const columns = ["name", "status", "created", "updated", "removed", "accounts", "groups", "licenses"] as const;
  console.log(
    `\n${toTable(
      columns,
      apps.map((app) => columns.map((column) => app[column])),
    )}`,
  );
  const ended = plans.flatMap((plan) => plan.ended);
  const results = Map.groupBy(ended, ({ ends }) => ends);
  console.log(
    `\n${toTable(
      ["tasks", "count"],
      [...results].map(([result, { length }]) => [result, length]),
    )}\n`,
  );
  console.log(
    surprises.length === 0
      ? "Everything came out as expected."
      : surprises.map((line) => `NOT as expected: ${line}`).join("\n"),
  );
}

/** Runs `bridgekit run` with the config in this folder. */
async function operate(origin: string, apiKey: string, systems: readonly System[]): Promise<void> {
  const url = `${origin}/org/${ORG}`;
  const { token } = await bridge.createSignInLink({ org: ORG, name: "demo", role: "admin" });
  say(`\nNow running \`bridgekit run\`; stop with Ctrl-C. To look around meanwhile, open the console:\n`);
  say(`  ${origin}/sign-in/link?token=${token}`);
  say(`  signs you in once, within 10 minutes; later ${toConsole(origin)} with the API key ${apiKey}\n`);
  const config = fileURLToPath(new URL("bridge.config.ts", import.meta.url));
  const json = options.json ? ["--json"] : [];
  const runner = spawn(process.execPath, [`${root}packages/cli/bin/bridgekit.js`, "run", "--config", config, ...json], {
    stdio: "inherit",
    // It already contains the addresses and keys of the systems.
    env: {
      ...process.env,
      BRIDGE_URL: url,
      BRIDGE_API_KEY: apiKey,
      BRIDGE_STATE_DIR: folder,
      DEMO_SYNC_SECONDS: options["sync-every"],
    },
  });
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => runner.kill("SIGTERM"));
  await once(runner, "exit");
  await Promise.all(systems.map((system) => system.save()));
}
