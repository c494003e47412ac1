import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { createDirectory } from "../apps/app-directory.ts";
import { selectApps } from "../apps/open-apps.ts";
import { markMoved, openMovedJournal } from "../apps/open-journal.ts";
import { openReceipts } from "../apps/open-receipts.ts";
import type { CommandIo } from "../command-io.ts";
import type { LoadedConfigFile } from "../config/load-config.ts";
import { configure } from "./session.ts";
import { openFleetDatabase } from "./open-fleet-database.ts";

interface ImportOptions {
  config: string;
  json?: boolean;
}

/** What became of one app; `note` is for people. */
interface Imported {
  app: string;
  status: "imported" | "known" | "empty" | "failed";
  note: string;
}

/** `bridgekit state import`: moves the journals and receipts of a config into the fleet's database. */
export async function importFolder(keys: readonly string[], options: ImportOptions, io: CommandIo): Promise<number> {
  const { config, bridge, redaction } = await configure(options, io);
  const selected = selectApps(config.apps, keys);
  const directory = createDirectory(bridge, config.apps);
  await using database = await openFleetDatabase(io);
  let hasFailed = false;
  for (const [key, { name = key }] of selected) {
    const imported = await importApp({ config, key, name, appId: await directory.peek(key) }, database).catch(
      (error: unknown): Imported => ({ app: key, status: "failed", note: redaction.redact((error as Error).message) }),
    );
    hasFailed ||= imported.status === "failed";
    if (options.json) io.print(JSON.stringify(imported));
    else if (imported.status === "failed") io.warn(`${key}: nothing was imported: ${imported.note}`);
    else io.print(`${key}: ${imported.note}`);
  }
  return hasFailed ? 1 : 0;
}

interface ImportedApp {
  config: LoadedConfigFile;
  key: string;
  name: string;
  /** Id on the Bridge; undefined if the app was never opened. */
  appId: string | undefined;
}

async function importApp(
  { config, key, name, appId }: ImportedApp,
  database: Awaited<ReturnType<typeof openFleetDatabase>>,
): Promise<Imported> {
  const folder = resolve(config.folder, config.stateDir);
  const places = [resolve(folder, "journal", `${appId}.jsonl`), resolve(folder, "receipts", `${appId}`)];
  if (appId === undefined || !places.some((place) => existsSync(place)))
    return { app: key, status: "empty", note: `its state is not in ${folder}` };
  // Its lock keeps `bridgekit run` out, and refuses the import while one is running.
  await using journal = await openMovedJournal(config, appId);
  const receipts = openReceipts(config, appId);
  const org = config.bridge.url.replace(/\/+$/, "");
  // First, so that a crash in between does not leave two runners with one journal.
  const unmark = await markMoved(config, appId);
  const result = await database
    .importState({ org, key, name, appId, journal, receipts })
    .catch(async (error: unknown) => {
      await unmark();
      throw error;
    });
  if (result.status === "known") {
    await unmark();
    return { app: key, status: "known", note: "the fleet has its state already; nothing was changed" };
  }
  const { tasks, receipts: count, hashes, hasCursor } = result;
  const cursor = hasCursor ? ", the last one with a cursor" : "";
  return {
    app: key,
    status: "imported",
    note: `imported ${tasks} tasks and ${count} receipts${cursor}; the guard compares with ${hashes} records`,
  };
}
