import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { LoadedConfigFile } from "../config/load-config.ts";

type Place = Pick<LoadedConfigFile, "folder" | "stateDir" | "bridge">;

/** The id under which an app was last fed from this machine, so that one that is deleted on the Bridge is not created again. */
export async function readFedId(place: Place, key: string): Promise<string | undefined> {
  const text = await readFile(fileOf(place, key), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  // A crash may have left an empty file, and the config may name another Bridge now.
  const [id, url] = text.trim().split(" ");
  return url === place.bridge.url ? id : undefined;
}

/** Keeps it for the next process. */
export async function keepFedId(place: Place, key: string, id: string): Promise<void> {
  if ((await readFedId(place, key)) === id) return;
  const file = fileOf(place, key);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, `${id} ${place.bridge.url}\n`, { mode: 0o600, flush: true });
}

function fileOf({ folder, stateDir }: Place, key: string): string {
  return resolve(folder, stateDir, "apps", key);
}
