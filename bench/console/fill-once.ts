import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Filled } from "./fill.ts";

/** Fills the database of a folder unless an earlier run did; what it was filled with is kept beside it. */
export async function fillOnce(
  folder: string | undefined,
  accounts: number,
  fill: () => Promise<Filled>,
): Promise<Filled> {
  if (folder === undefined) return fill();
  const file = join(folder, "filled.json");
  const begun = join(folder, "filling");
  if (existsSync(file)) {
    const filled = JSON.parse(await readFile(file, "utf8")) as Filled;
    const { accounts: held } = filled.main.story;
    if (held !== accounts) throw new Error(`${folder} has ${held} accounts: ask for --accounts ${held}.`);
    return filled;
  }
  if (existsSync(begun)) throw new Error(`An earlier run did not finish filling ${folder}: delete it.`);
  await writeFile(begun, "");
  const filled = await fill();
  await writeFile(file, JSON.stringify(filled));
  return filled;
}
