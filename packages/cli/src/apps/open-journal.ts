import { ConfigError } from "@bridgekit/core";
import { openFileJournal, type OpenJournal } from "@bridgekit/core/run";
import { readFile, writeFile } from "node:fs/promises";
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
  const moved = await readFile(marker, "utf8").catch(() => undefined);
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

export async function markMoved(place: Place, appId: string): Promise<void> {
  await writeFile(markerOf(place, appId), `${new Date().toISOString()}\n`, { mode: 0o600, flush: true });
}

function markerOf(place: Place, appId: string): string {
  return inFolder(place, `${appId}.moved`);
}

function inFolder({ folder, stateDir }: Place, name: string): string {
  return resolve(folder, stateDir, "journal", name);
}
