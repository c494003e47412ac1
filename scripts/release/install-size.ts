import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../run-command.ts";
import type { Packed } from "./pack.ts";

/** Maximum number of external packages that a connector installs, its stand-in included. */
export const MOST_EXTERNAL_PACKAGES = 20;

/** Packages that installing a connector must not bring: a server, a database, a test runner. */
const UNWANTED = /^(@bridgekit\/(server|testing|cli)|@electric-sql\/pglite|kysely|pg|pg-boss|vitest)$/;

/** The part of a `package-lock.json` that is read here: keys are folders, such as `node_modules/a/node_modules/b`. */
export interface Lockfile {
  packages: Record<string, unknown>;
}

/** Returns the external packages of an installation. Throws if there are too many, or an unwanted one. */
export function judgeInstall(connector: string, { packages }: Lockfile): string[] {
  const installed = Object.keys(packages).filter((path) => path !== "");
  const names = installed.map((path) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length));
  const unwanted = names.filter((name) => UNWANTED.test(name));
  if (unwanted.length > 0)
    throw new Error(
      `Installing ${connector} brings ${unwanted.join(", ")}. Its published sources must not depend on them.`,
    );
  const external = names.filter((name) => !name.startsWith("@bridgekit/")).sort();
  if (external.length > MOST_EXTERNAL_PACKAGES)
    throw new Error(
      `Installing ${connector} brings ${external.length} external packages; at most ${MOST_EXTERNAL_PACKAGES} may come: ` +
        external.join(", "),
    );
  return external;
}

export function isConnector({ name }: Packed): boolean {
  return name.startsWith("@bridgekit/connector-");
}

/** Installs a connector alone, counts its external packages, and imports its exports. */
export function tryAlone(folder: string, { name, version }: Packed, registry: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, ".npmrc"), `@bridgekit:registry=${registry}\n`);
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ private: true, type: "module", dependencies: { [name]: version } }),
  );
  run(folder, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error");
  const external = judgeInstall(name, JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")) as Lockfile);
  console.log(`${name} brings ${external.length} external packages: ${external.join(", ")}`);
  writeFileSync(join(folder, "imports.js"), `await import("${name}");\nawait import("${name}/sandbox");\n`);
  run(folder, process.execPath, "imports.js");
}
