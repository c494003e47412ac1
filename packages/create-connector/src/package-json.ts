import { pick, type Ranges } from "./ranges.ts";

/** The common part of every connector's manifest. */
export function commonManifest({ name, title }: { name: string; title: string }) {
  return {
    name,
    version: "0.0.0",
    description: `Bridgekit connector for ${title}.`,
    keywords: ["bridgekit", "identity-governance", "provisioning"],
  };
}

export const DIST_EXPORTS = {
  ".": { types: "./dist/src/index.d.ts", default: "./dist/src/index.js" },
  "./sandbox": { types: "./dist/sandbox/index.d.ts", default: "./dist/sandbox/index.js" },
};

export const SCRIPTS = {
  build: "tsc -p tsconfig.build.json",
  sandbox: "node sandbox/start.ts",
  test: "vitest run",
};

export function dependenciesOf(ranges: Ranges): Ranges {
  return pick(ranges, ["@bridgekit/core", "@bridgekit/sandbox", "hono", "zod"]);
}

export const DEVELOPMENT = ["@bridgekit/cli", "@bridgekit/testing"];

export const ENGINES = { node: ">=22.18" };

export function toJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
