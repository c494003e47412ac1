import manifest from "../package.json" with { type: "json" };

/** The version ranges of a new connector's dependencies, by package. */
export type Ranges = Record<string, string>;

/**
 * Returns this package's own development dependencies: `workspace:` and `catalog:` in the repository, real versions in a
 * published package.
 */
export function readRanges(): Ranges {
  return manifest.devDependencies;
}

/** Whether this runs from the repository. */
export function isInRepository(ranges: Ranges): boolean {
  return ranges["@bridgekit/core"]!.startsWith("workspace:");
}

export function pick(ranges: Ranges, names: readonly string[]): Ranges {
  return Object.fromEntries(
    names.map((name) => {
      const range = ranges[name];
      if (range === undefined) throw new TypeError(`package.json of create-connector lacks ${name}.`);
      return [name, range];
    }),
  );
}
