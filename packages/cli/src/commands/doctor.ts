import { access, constants, mkdir, stat, statfs } from "node:fs/promises";
import { resolve } from "node:path";
import { createClient } from "@bridgekit/client";
import type { CheckResult } from "@bridgekit/core";
import { isConfigError } from "@bridgekit/core/run";
import { connectApp, selectApps } from "../apps/open-apps.ts";
import { tryKey } from "../apps/try-key.ts";
import type { CommandIo } from "../command-io.ts";
import type { LoadedConfigFile } from "../config/load-config.ts";
import { createReporter } from "../output/create-reporter.ts";
import { toLogger } from "../output/reporter.ts";
import { configure, type CommonOptions } from "./session.ts";

const MIN_FREE_MB = 500;
const MAX_SKEW_SECONDS = 30;

/**
 * `bridgekit doctor`: checks everything that a runner needs: Node, config, folder, disk, the Bridge and its clock, the
 * systems. Continues after a failed check, and writes nothing but the folder `stateDir`.
 */
export async function doctor(keys: string[], options: CommonOptions, io: CommandIo): Promise<number> {
  const secrets: ((text: string) => string)[] = [];
  const reporter = await createReporter(options, (text) => secrets.reduce((clean, redact) => redact(clean), text), io);
  let isOk = true;
  const report = (where: string, results: readonly CheckResult[]) => {
    isOk &&= results.every((result) => result.isOk);
    reporter.checked(where, results);
  };
  const look = async (where: string, name: string, check: () => Promise<string>): Promise<void> => {
    try {
      report(where, [{ name, isOk: true, message: await check() }]);
    } catch (error) {
      report(where, [{ name, isOk: false, message: (error as Error).message }]);
    }
  };

  report("Node", [{ name: "version", isOk: true, message: process.version }]);
  let configured;
  try {
    configured = await configure(options, io);
  } catch (error) {
    report("config", [{ name: options.config, isOk: false, message: (error as Error).message }]);
    reporter.close();
    return isConfigError(error) ? 2 : 1;
  }
  const { config, bridge, redaction } = configured;
  secrets.push(redaction.redact);
  report("config", [{ name: config.shown, isOk: true, message: countApps(config) }]);

  const folder = resolve(config.folder, config.stateDir);
  await look("state", "folder", () => checkFolder(folder));
  await look("state", "disk", () => checkDisk(folder));
  const [appId] = Object.values(config.apps).flatMap(({ id }) => id ?? []);
  const withKey = (apiKey: string) => createClient({ baseUrl: bridge.baseUrl, apiKey, fetch: io.fetch });
  await look("Bridge", "API key", () => tryKey({ bridge, appId, withKey }).then(() => bridge.baseUrl));
  await look("Bridge", "clock", () => checkClock(config, io));

  for (const entry of selectApps(config.apps, keys)) {
    const [key, { name = key }] = entry;
    try {
      const loggerOf = (app: string) => toLogger(reporter, app, options.verbose);
      const { connection } = await connectApp(entry, { shown: config.shown, redaction, loggerOf });
      report(name, await connection.check());
    } catch (error) {
      report(name, [{ name: "connection", isOk: false, message: (error as Error).message }]);
    }
  }
  reporter.close();
  return isOk ? 0 : 1;
}

function countApps({ apps }: LoadedConfigFile): string {
  const { length } = Object.keys(apps);
  return length === 1 ? "1 app" : `${length} apps`;
}

/** The folder contains personal data, so only its owner may have access. */
async function checkFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  const { mode } = await stat(folder);
  const isOpen = process.platform !== "win32" && (mode & 0o007) !== 0;
  if (isOpen) throw new Error(`every user of this machine can read ${folder}; run \`chmod 700 ${folder}\``);
  return folder;
}

async function checkDisk(folder: string): Promise<string> {
  const { bavail, bsize } = await statfs(folder);
  const free = Math.floor((bavail * bsize) / 1024 ** 2);
  if (free < MIN_FREE_MB)
    throw new Error(`only ${free} MB free at ${folder}; journals and receipts need at least ${MIN_FREE_MB} MB`);
  return `${free.toLocaleString("en")} MB free`;
}

/** Leases and schedules depend on the clocks of both machines. */
async function checkClock({ bridge: { url } }: LoadedConfigFile, io: CommandIo): Promise<string> {
  const sentAt = Date.now();
  const response = await io.fetch(url.replace(/\/org\/[^/]+\/?$/, "/healthz"));
  await response.body?.cancel();
  const receivedAt = Date.now();
  const date = Date.parse(response.headers.get("date") ?? "");
  if (Number.isNaN(date)) return "not checked: the Bridge sends no Date header";
  // A Date header has whole seconds, so its middle is half a second later.
  const skew = Math.round((sentAt + receivedAt) / 2 / 1000 - (date / 1000 + 0.5));
  if (Math.abs(skew) > MAX_SKEW_SECONDS)
    throw new Error(
      `the clock of this machine is ${Math.abs(skew)} seconds ${skew > 0 ? "ahead of" : "behind"} the Bridge's; synchronize both with NTP`,
    );
  return `differs from the Bridge's by ${Math.abs(skew)} s`;
}
