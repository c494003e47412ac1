import { createBridge } from "@bridgekit/server";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { runCycle, type CycleReport } from "./cycle.ts";
import { findSurprises } from "./expectations.ts";
import { openCompany, ORG, type Company } from "./open-company.ts";
import { readArguments } from "./read-arguments.ts";
import { toTable } from "./table.ts";

const options = readArguments();
const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = resolve(options.data ?? `${root}.bridge/demo`);
const say = (line: string) => void (options.json || console.log(line));

say(
  existsSync(`${folder}/data`)
    ? `Opening the Bridge in ${folder} ...`
    : `Setting up a Bridge in ${folder}; its database takes about ten seconds ...`,
);
await using bridge = await createBridge({ database: { kind: "pglite", dataDir: `${folder}/data` } });
await using company = await openCompany({ bridge, folder, say });
const { client, apps } = company;
const report = await runCycle({ bridge: client, apps, folder, say });
const surprises = await findSurprises(client, apps, report);
print(report, surprises);
if (surprises.length > 0) process.exitCode = 1;
if (!options.once) await operate(company);

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
async function operate({ origin, url, apiKey, systems }: Company): Promise<void> {
  const { token } = await bridge.createSignInLink({ org: ORG, name: "demo", role: "admin" });
  say(`\nNow running \`bridgekit run\`; stop with Ctrl-C. To look around meanwhile, open the console:\n`);
  say(`  ${origin}/sign-in/link?token=${token}`);
  say(`  signs you in once, within 10 minutes; later ${origin}/o/${ORG} with the API key ${apiKey}\n`);
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
