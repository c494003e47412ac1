import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { runPnpm } from "../run-command.ts";

const LEFT_BEHIND = new Set([".git", ".turbo", ".bridge", "coverage", "dist", "node_modules"]);

/** Copies the sources to a temporary folder and installs there, so that version changes do not touch the repository. */
export function copyWorkspace(root: string): string {
  const copy = mkdtempSync(join(tmpdir(), "bridgekit-release-"));
  cpSync(root, copy, { recursive: true, filter: (source) => !LEFT_BEHIND.has(basename(source)) });
  runPnpm(copy, "install", "--frozen-lockfile", "--prefer-offline");
  return copy;
}
