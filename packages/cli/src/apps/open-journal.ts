import { openFileJournal, type OpenJournal } from "@bridgekit/core/run";
import { resolve } from "node:path";
import type { LoadedConfigFile } from "../config/load-config.ts";

/** Opens the journal of an app's tasks. */
export function openJournal(
  { folder, stateDir }: Pick<LoadedConfigFile, "folder" | "stateDir">,
  appId: string,
): Promise<OpenJournal> {
  return openFileJournal(resolve(folder, stateDir, "journal", `${appId}.jsonl`));
}
