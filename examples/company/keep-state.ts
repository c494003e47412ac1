import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Returns what `writeState` wrote; undefined in the first run. */
export async function readState<State>(file: string): Promise<State | undefined> {
  return existsSync(file) ? (JSON.parse(await readFile(file, "utf8")) as State) : undefined;
}

/** Writes a temporary file and renames it, so that a killed run leaves a complete file. */
export async function writeState(file: string, state: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(state));
  await rename(`${file}.new`, file);
}
