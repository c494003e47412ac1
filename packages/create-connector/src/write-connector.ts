import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Files } from "./render-template.ts";
import { UsageError } from "./connector-names.ts";

/** Writes a new package. Throws if `folder` exists; never overwrites a file. */
export function writeFiles(root: string, folder: string, files: Files): void {
  if (existsSync(join(root, folder)))
    throw new UsageError(`${join(root, folder)} already exists. Choose another name, or remove it first.`);
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: "wx" });
  }
}

/** Runs a command with visible output. Returns whether it succeeded. */
export function runCommand(command: string, args: readonly string[], cwd: string): boolean {
  console.log(`\n$ ${[command, ...args].join(" ")}`);
  const { status } = spawnSync(command, args, { cwd, stdio: "inherit", shell: process.platform === "win32" });
  return status === 0;
}

/** Describes a new connector and the files to change first. */
export function describeConnector(folder: string, slug: string): string {
  const steps = [
    ["sandbox/app.ts", "respond as your product does"],
    [`src/${slug}-client.ts`, "call your product's API"],
    [`src/${slug}.ts`, "declare what is read and what can be done"],
  ] as const;
  const width = Math.max(...steps.map(([file]) => file.length));
  const lines = steps.map(([file, what], index) => `  ${index + 1}. ${file.padEnd(width)}  ${what}`);
  return `${folder} is a working connector for a product that does not exist. Make it yours, one file at a time:\n\n${lines.join("\n")}`;
}
