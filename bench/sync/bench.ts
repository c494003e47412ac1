import { createClient, type BridgeClient } from "@bridgekit/client";
import { hr } from "@bridgekit/connector-hr";
import { createConnection, registerResourceTypes } from "@bridgekit/core";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startChild } from "../child.ts";
import { startDelayProxy } from "./delay-proxy.ts";
import { runCommand, type Timing } from "./run-command.ts";

const DELAY_MILLISECONDS = 20;
const LIMITS = { loopback: 1.5, delayed: 5, memory: 1.2 };
const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The HR sandbox into the embedded server, beside the guide's own loop with the same records into the same server. */
export async function run({ records, json }: { records: number; json: boolean }): Promise<boolean> {
  const say = (line: string) => void (json || console.log(line));
  const folder = await mkdtemp(join(tmpdir(), "bridgekit-bench-"));
  const command = [
    file("../../packages/cli/bin/bridge.js"),
    "up",
    "--port",
    "0",
    "--data",
    join(folder, "data"),
    "--json",
  ];
  await using server = await startChild<{ url: string; key: string }>(process.execPath, command);
  await using odoo = await startOdoo(records);
  await using smallOdoo = await startOdoo(Math.round(records / 10));
  const { url, key } = server.line;
  const port = Number(new URL(url).port);
  await using proxy = await startDelayProxy(port, DELAY_MILLISECONDS);
  const delayedUrl = url.replace(`:${port}/`, `:${proxy.port}/`);
  const bridge = createClient({ baseUrl: url, apiKey: key });
  const dump = join(folder, "records.json");
  await writeFile(dump, JSON.stringify(await readAll(odoo.line.url)));

  const runConnector = async (bridgeUrl: string, odooUrl: string) => {
    const app = await makeApp(bridge);
    const timing = await runCommand({ BRIDGE_URL: bridgeUrl, BRIDGE_API_KEY: key, APP_ID: app, ODOO_URL: odooUrl });
    if (timing.status !== "completed") throw new Error(`The sync ended as ${timing.status}.`);
    return timing;
  };
  const runGuide = async (bridgeUrl: string): Promise<Timing> => {
    await using child = await startChild<Timing>("python3", [
      file("./guide_loop.py"),
      bridgeUrl,
      key,
      await makeApp(bridge),
      dump,
    ]);
    if (child.line.status !== "completed") throw new Error(`The guide's sync ended as ${child.line.status}.`);
    return child.line;
  };

  let isGood = true;
  const judge = (bench: string, ratio: number, limit: number, holds: boolean, text: string) => {
    isGood &&= holds;
    const rounded = Number(ratio.toFixed(2));
    if (json) console.log(JSON.stringify({ bench, backend: "pglite", ratio: rounded, limit, holds }));
    else console.log(`${text}: ratio ${rounded.toFixed(2)}, ${holds ? "holds" : "MISSES"} (${limit})`);
  };

  say(`${records} employees; times are until the last page is acknowledged (and until the session is completed)`);
  const small = await runConnector(url, smallOdoo.line.url);
  for (const [name, address] of [
    ["loopback", url],
    ["delayed", delayedUrl],
  ] as const) {
    const own = await runConnector(address, odoo.line.url);
    if (name === "loopback") {
      const ratio = own.peakMegabytes / small.peakMegabytes;
      const text = `memory: ${own.peakMegabytes.toFixed(0)} MB for ${own.records} records, ${small.peakMegabytes.toFixed(0)} MB for ${small.records}`;
      judge("sync-memory", ratio, LIMITS.memory, ratio <= LIMITS.memory, text);
    }
    if (!hasGuideLoop()) {
      say(`${name}: ${describe(own)}; no guide loop to compare with: python3 with requests is not installed`);
      continue;
    }
    const guide = await runGuide(address);
    const ratio = guide.pushSeconds / own.pushSeconds;
    judge(
      `sync-${name}`,
      ratio,
      LIMITS[name],
      ratio >= LIMITS[name],
      `${name}: bridgekit ${describe(own)}, guide ${describe(guide)}`,
    );
  }
  await rm(folder, { recursive: true, force: true });
  return isGood;
}

const describe = ({ pushSeconds, totalSeconds }: Timing) =>
  `${pushSeconds.toFixed(1)} s (${totalSeconds.toFixed(1)} s)`;

const startOdoo = (employees: number) =>
  startChild<{ url: string }>(process.execPath, [file("./odoo-process.ts"), String(employees)]);

async function makeApp(bridge: BridgeClient): Promise<string> {
  const { id } = await bridge.createApp({ name: "bench" });
  await registerResourceTypes(bridge, id, hr);
  return id;
}

/** What the connector yields, for the guide's loop, which reads nothing itself. */
async function readAll(odooUrl: string): Promise<Record<string, unknown[]>> {
  const { client, logger, connector } = await createConnection(hr, { url: odooUrl, apiKey: "bench" });
  const context = { client, logger, signal: new AbortController().signal, partial: () => undefined };
  const records: Record<string, unknown[]> = {};
  for (const slug of Object.keys(connector.resourceTypes))
    records[slug] = await Array.fromAsync(connector.sync[slug]!(context));
  return records;
}

function hasGuideLoop(): boolean {
  return spawnSync("python3", ["-c", "import requests"]).status === 0;
}
