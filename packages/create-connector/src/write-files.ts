import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Files } from "./render-template.ts";
import { UsageError } from "./usage-error.ts";

/** Writes a new package. `folder` must not be there yet; other files of the same paths are never written over. */
export function writeFiles(root: string, folder: string, files: Files): void {
  if (existsSync(join(root, folder)))
    throw new UsageError(`${join(root, folder)} exists already. Choose another name, or remove it first.`);
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: "wx" });
  }
}
