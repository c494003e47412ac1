import { getPackagesSync } from "@manypkg/get-packages";

export interface PublishedPackage {
  name: string;
  version: string;
  /** Path from the root, with slashes: `packages/core`. */
  directory: string;
  /** Packages of this repository that it needs at run time. */
  needs: string[];
}

/** Returns the public packages of the workspace, each after its dependencies. */
export function readPublishedPackages(root: string): PublishedPackage[] {
  const published = getPackagesSync(root).packages.filter(({ packageJson }) => !packageJson.private);
  const names = new Set(published.map(({ packageJson }) => packageJson.name));
  let waiting = published.map(({ packageJson, relativeDir }) => ({
    name: packageJson.name,
    version: packageJson.version,
    directory: relativeDir.replaceAll("\\", "/"),
    needs: Object.keys(packageJson.dependencies ?? {}).filter((name) => names.has(name)),
  }));
  const ordered: PublishedPackage[] = [];
  while (waiting.length > 0) {
    const ready = waiting.filter(({ needs }) => needs.every((name) => ordered.some((other) => other.name === name)));
    if (ready.length === 0)
      throw new Error(
        `These packages depend on each other in a circle: ${waiting.map(({ name }) => name).join(", ")}.`,
      );
    ordered.push(...ready);
    waiting = waiting.filter((candidate) => !ready.includes(candidate));
  }
  return ordered;
}
