import manifest from "../package.json" with { type: "json" };

/** Which versions of its dependencies a new connector takes, by the name of the package. */
export type Ranges = Record<string, string>;

/**
 * What this package itself is developed with: `workspace:` and `catalog:` in the repository, and in a published package
 * the real versions that packing made of them.
 */
export function readRanges(): Ranges {
  return manifest.devDependencies;
}

/** Whether this program runs from the sources in the repository. */
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
