import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Crossing {
  /** From the root, with slashes. */
  file: string;
  /** What it imports: `@bridgekit/server/testing`. */
  specifier: string;
  /** What is wrong with that. */
  reason: string;
}

interface Manifest {
  name: string;
  private?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

const SHIPPED = ["src", "sandbox", "template/src", "template/sandbox"];

// The formatter puts every import and export at the beginning of a line, and its end too where it has several lines.
const STATIC = /^(?:import |(?:import|export|\}).* from )"([^"]+)"/gm;
const DYNAMIC = /\bimport\("([^"]+)"\)/g;

/** Imports in what the packages ship, types included, that go where `layers` does not let them, or are no dependency. */
export function findCrossings(root: string, layers: Readonly<Record<string, readonly string[]>>): Crossing[] {
  return ["packages", "connectors"]
    .flatMap((parent) => folders(join(root, parent)).map((name) => `${parent}/${name}`))
    .flatMap((folder) => crossingsOf(root, folder, layers));
}

function crossingsOf(root: string, folder: string, layers: Readonly<Record<string, readonly string[]>>): Crossing[] {
  const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Manifest;
  const isListed = Object.keys(layers).some((pattern) => isIn(`${folder}/src`, pattern));
  if (manifest.private && !isListed) return [];
  // What is private is bundled or run here, with whatever is installed for it.
  const own = manifest.private ? manifest.devDependencies : undefined;
  const installed = new Set(Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies, ...own }));
  return shippedFiles(join(root, folder)).flatMap((path) => {
    const file = `${folder}/${path}`;
    const layer = Object.keys(layers).find((pattern) => isIn(file, pattern));
    return importsOf(readFileSync(join(root, file), "utf8")).flatMap((specifier) => {
      const name = packageOf(specifier);
      const isOurs = name.startsWith("@bridgekit/");
      const reason =
        isOurs && layer === undefined
          ? "its folder has no line in scripts/layers/layers.ts"
          : isOurs && !layers[layer!]!.includes(specifier)
            ? `${layer} may import ${layers[layer!]!.join(", ") || "none of our packages"}`
            : // What the template imports is in the package.json that is made for the new connector.
              !installed.has(name) && !path.startsWith("template/")
              ? `${manifest.name} ships it and has no such dependency`
              : undefined;
      return reason === undefined ? [] : [{ file, specifier, reason }];
    });
  });
}

/** Names of packages that a source imports; not its own files, and not what Node brings. */
function importsOf(source: string): string[] {
  return [STATIC, DYNAMIC]
    .flatMap((pattern) => [...source.matchAll(pattern)].map(([, specifier]) => specifier!))
    .filter((specifier) => !/^(?:\.|node:)/.test(specifier));
}

function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function isIn(file: string, pattern: string): boolean {
  return pattern.split("/").every((part, index) => part === "*" || part === file.split("/")[index]);
}

function shippedFiles(directory: string): string[] {
  return SHIPPED.filter((folder) => existsSync(join(directory, folder))).flatMap((folder) =>
    readdirSync(join(directory, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => `${folder}/${path.replaceAll("\\", "/")}`),
  );
}

function folders(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}
