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

const FEWEST_FREE_MB = 500;
const MOST_SKEW_SECONDS = 30;

/**
 * `bridgekit doctor`: everything that has to be right before a runner runs for years: Node, config, folder, disk, the Bridge
 * and its clock, the systems. Goes on after what is wrong, and writes nothing but the folder `stateDir`.
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

/** It holds what people were read, so nobody but its owner may look. */
async function checkFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  const { mode } = await stat(folder);
  const isOpen = process.platform !== "win32" && (mode & 0o007) !== 0;
  if (isOpen) throw new Error(`${folder} is open to every user of this machine; run \`chmod 700 ${folder}\``);
  return folder;
}

async function checkDisk(folder: string): Promise<string> {
  const { bavail, bsize } = await statfs(folder);
  const free = Math.floor((bavail * bsize) / 1024 ** 2);
  if (free < FEWEST_FREE_MB)
    throw new Error(
      `${free} MB are free at ${folder}; make room for journals and receipts, at least ${FEWEST_FREE_MB} MB`,
    );
  return `${free.toLocaleString("en")} MB free`;
}

/** Leases and schedules compare the clocks of two machines. */
async function checkClock({ bridge: { url } }: LoadedConfigFile, io: CommandIo): Promise<string> {
  const asked = Date.now();
  const response = await io.fetch(url.replace(/\/org\/[^/]+\/?$/, "/healthz"));
  await response.body?.cancel();
  const answered = Date.now();
  const date = Date.parse(response.headers.get("date") ?? "");
  if (Number.isNaN(date)) return "the Bridge sends no Date header to compare with";
  // A Date header has whole seconds.
  const skew = Math.round((asked + answered) / 2 / 1000 - (date / 1000 + 0.5));
  if (Math.abs(skew) > MOST_SKEW_SECONDS)
    throw new Error(
      `the clock of this machine is ${Math.abs(skew)} seconds ${skew > 0 ? "ahead of" : "behind"} the Bridge's; set both by NTP`,
    );
  return `${Math.abs(skew)} s apart from the Bridge's`;
}
