import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Crossing {
  /** Path from the root, with slashes. */
  file: string;
  /** The imported module: `@bridgekit/server/testing`. */
  specifier: string;
  /** Why the import is forbidden. */
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

// The formatter starts every import and export on a new line, and ends one of several lines on its own line.
const STATIC = /^(?:import |(?:import|export|\}).* from )"([^"]+)"/gm;
const DYNAMIC = /\bimport\("([^"]+)"\)/g;

/** Finds imports in shipped sources, types included, that `layers` does not allow or that are not dependencies. */
export function findCrossings(root: string, layers: Readonly<Record<string, readonly string[]>>): Crossing[] {
  return ["packages", "connectors"]
    .flatMap((parent) => folders(join(root, parent)).map((name) => `${parent}/${name}`))
    .flatMap((folder) => crossingsOf(root, folder, layers));
}

function crossingsOf(root: string, folder: string, layers: Readonly<Record<string, readonly string[]>>): Crossing[] {
  const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Manifest;
  const isListed = Object.keys(layers).some((pattern) => isIn(`${folder}/src`, pattern));
  if (manifest.private && !isListed) return [];
  // Private packages are bundled or run only here.
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
            : // The template's dependencies are in the package.json generated for the new connector.
              !installed.has(name) && !path.startsWith("template/")
              ? `${manifest.name} ships it and has no such dependency`
              : undefined;
      return reason === undefined ? [] : [{ file, specifier, reason }];
    });
  });
}

/** Returns the names of imported packages, without relative files and Node's modules. */
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
