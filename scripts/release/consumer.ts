import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../install.mjs";
import { run } from "../run-command.ts";
import { isConnector, tryAlone } from "./install-size.ts";
import type { Packed } from "./pack.ts";

// Like a user: everything strict, library declarations included, no browser types.
const compilerOptions = {
  target: "es2023",
  lib: ["es2023", "esnext.disposable"],
  module: "nodenext",
  types: ["node"],
  strict: true,
  skipLibCheck: false,
  noEmit: true,
};

/** The oldest supported Node, the newest of the same line, and the newest of the next one. */
const NODES = { oldest: "22.18.0", line22: "22", line24: "24" };

export interface Check {
  title: string;
  /** Throws if it fails. */
  run: () => void;
}

/** Checks with the packages in an empty folder outside the workspace, in order. */
export function consumerChecks(project: string, packages: readonly Packed[], registry: string): Check[] {
  return [
    ...packages.filter(isConnector).map((connector) => ({
      title: `install ${connector.name} alone`,
      run: () => tryAlone(join(project, "alone", connector.name), connector, registry),
    })),
    { title: "install into an empty project", run: () => install(project, packages, registry) },
    { title: "import whatever they export", run: () => importEverything(project, packages) },
    ...compilers().map(({ version, file }) => ({
      title: `type-check a consumer with TypeScript ${version}`,
      run: () => void run(project, process.execPath, file, "--project", "."),
    })),
    { title: "run a sync", run: () => void run(project, process.execPath, "sync.ts") },
    { title: "open the console", run: () => void run(project, process.execPath, "console.ts") },
    { title: "run their commands", run: () => runCommands(project, packages) },
    { title: "fetch other versions of Node", run: () => installNodes(project) },
    ...Object.entries(NODES).map(([name, version]) => ({
      title: `check and sync on Node ${version}`,
      run: () => void run(project, process.execPath, "try-command.ts", nodePath(project, name)),
    })),
  ];
}

/** Takes our packages from this registry and their dependencies from the usual one. */
function install(project: string, packages: readonly Packed[], registry: string): void {
  const dependencies = Object.fromEntries(packages.map(({ name, version }) => [name, version]));
  const scopes = new Set(packages.map(({ name }) => name.slice(0, name.indexOf("/"))));
  write(project, ".npmrc", [...scopes].map((scope) => `${scope}:registry=${registry}\n`).join(""));
  // vitest is needed only for the kit.
  const tools = [
    ...["@types/node", "zod"].map((name) => [name, readManifest(join(root, "scripts"), name).version]),
    ["vitest", readManifest(root, "vitest").version],
  ];
  const manifest = { name: "consumer", private: true, type: "module", dependencies };
  write(project, "package.json", { ...manifest, devDependencies: Object.fromEntries(tools) });
  write(project, "tsconfig.json", { compilerOptions, files: ["imports.ts", "sync.ts", "console.ts"] });
  for (const file of ["sync.ts", "console.ts", "try-command.ts", "bridge.config.ts", "people.ts"])
    copyFileSync(join(import.meta.dirname, "consumer", file), join(project, file));
  run(project, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error");
}

/** Installs each version of Node as the npm package `node`, each in its own project. */
function installNodes(project: string): void {
  const folder = join(project, "nodes");
  mkdirSync(folder);
  write(folder, "package.json", { private: true });
  const nodes = Object.entries(NODES).map(([name, version]) => `${name}@npm:node@${version}`);
  run(folder, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error", ...nodes);
}

function nodePath(project: string, name: string): string {
  return join(project, "nodes", "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
}

function importEverything(project: string, packages: readonly Packed[]): void {
  const entries = packages.flatMap(({ name }) =>
    Object.keys(readManifest(project, name).exports ?? {})
      // package.json is not a module to import.
      .filter((entry) => !entry.endsWith(".json"))
      .map((entry) => name + entry.slice(1)),
  );
  const imports = entries.map((entry, index) => `import * as entry${index} from ${JSON.stringify(entry)};\n`);
  const names = entries.map((_, index) => `entry${index}`);
  write(project, "imports.ts", `${imports.join("")}console.log([${names.join(", ")}].length);\n`);
  const imported = Number(run(project, process.execPath, "imports.ts"));
  if (imported !== entries.length || imported === 0)
    throw new Error(`${imported} of ${entries.length} entries of the packages were imported.`);
}

function runCommands(project: string, packages: readonly Packed[]): void {
  for (const { name, version } of packages) {
    for (const command of Object.keys(readManifest(project, name).bin ?? {})) {
      const path = join(project, "node_modules", ".bin", command);
      const printed = run(project, path, "--version").trim();
      if (printed !== version) throw new Error(`"${command} --version" prints ${printed}, but ${name} is ${version}.`);
      run(project, path, "--help");
    }
  }
}

/** The last TypeScript written in TypeScript, and the one that builds the repository. */
function compilers(): { version: string; file: string }[] {
  return [join(root, "scripts"), root].map((owner) => ({
    version: readManifest(owner, "typescript").version,
    file: join(owner, "node_modules", "typescript", "bin", "tsc"),
  }));
}

interface Manifest {
  version: string;
  exports?: Record<string, unknown>;
  bin?: Record<string, string>;
}

function readManifest(project: string, name: string): Manifest {
  return JSON.parse(readFileSync(join(project, "node_modules", name, "package.json"), "utf8")) as Manifest;
}

function write(project: string, file: string, content: object | string): void {
  writeFileSync(join(project, file), typeof content === "string" ? content : JSON.stringify(content, undefined, 2));
}
