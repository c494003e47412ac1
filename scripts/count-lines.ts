import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";

/** Limits of lines of code, by the folder of a connector's sources. */
export const BUDGETS: readonly { folder: string; lines: number }[] = [
  { folder: "connectors/salesforce/src", lines: 700 },
  { folder: "connectors/jira/src", lines: 700 },
  { folder: "connectors/hr/src/bamboohr", lines: 600 },
  { folder: "connectors/hr/src/odoo", lines: 450 },
  { folder: "packages/create-connector/template/src", lines: 80 },
  { folder: "examples/gitea/src", lines: 150 },
];

export const MOST_FILES = 12;

export interface Size {
  files: number;
  lines: number;
}

/** Counts the files of a folder and their lines that are neither blank nor a comment. */
export function sizeOf(folder: string): Size {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".ts"));
  const lines = files.map(({ parentPath, name }) => countLines(readFileSync(join(parentPath, name), "utf8")));
  return { files: files.length, lines: lines.reduce((sum, count) => sum + count, 0) };
}

/** Counts lines with a trailing comment, or with a string that looks like a comment, as code. */
export function countLines(code: string): number {
  let isInside = false;
  return code.split("\n").filter((line) => {
    const text = line.trim();
    if (!isInside && text.startsWith("/*")) isInside = true;
    const isCode = !isInside && text !== "" && !text.startsWith("//");
    if (isInside && text.endsWith("*/")) isInside = false;
    return isCode;
  }).length;
}
