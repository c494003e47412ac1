import { ConfigError } from "@bridgekit/core";
import { openFileJournal, type OpenJournal } from "@bridgekit/core/run";
import { readFile, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { LoadedConfigFile } from "../config/load-config.ts";

type Place = Pick<LoadedConfigFile, "folder" | "stateDir">;

/**
 * Opens the journal of an app's tasks.
 *
 * @throws ConfigError if it was moved into a fleet: two runners with one journal would carry out a task twice.
 */
export async function openJournal(place: Place, appId: string): Promise<OpenJournal> {
  const marker = markerOf(place, appId);
  const moved = await readFile(marker, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (moved !== undefined)
    throw new ConfigError(
      `The journal of this app was moved into a fleet (${moved.trim()}), which carries out its tasks. To run it here again, ` +
        `remove it from the fleet and delete ${marker}.`,
    );
  return openMovedJournal(place, appId);
}

/** Opens it even if it was moved, to move it again. */
export function openMovedJournal(place: Place, appId: string): Promise<OpenJournal> {
  return openFileJournal(inFolder(place, `${appId}.jsonl`));
}

/** Returns a function that takes the mark back; it leaves one that was there before. */
export async function markMoved(place: Place, appId: string): Promise<() => Promise<void>> {
  const marker = markerOf(place, appId);
  try {
    await writeFile(marker, `${new Date().toISOString()}\n`, { mode: 0o600, flag: "wx", flush: true });
    return () => rm(marker);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return async () => {};
  }
}

function markerOf(place: Place, appId: string): string {
  return inFolder(place, `${appId}.moved`);
}

function inFolder({ folder, stateDir }: Place, name: string): string {
  return resolve(folder, stateDir, "journal", name);
}
