import { join } from "node:path";
import type { ConnectorNames } from "./connector-names.ts";
import type { Ranges } from "./ranges.ts";
import { standaloneFiles, standaloneName } from "./standalone-package.ts";
import { describeConnector, runCommand, writeFiles } from "./write-connector.ts";

export interface StandaloneOptions {
  /** The folder in which to create the package's folder. */
  parent: string;
  names: ConnectorNames;
  ranges: Ranges;
  isInstalled: boolean;
}

/** Creates a standalone package. Returns the next steps. */
export function createStandalone({ parent, names, ranges, isInstalled }: StandaloneOptions): string {
  const { slug } = names;
  const folder = standaloneName(names);
  const files = Object.entries(standaloneFiles(names, ranges)).map(([path, text]) => [`${folder}/${path}`, text]);
  writeFiles(parent, folder, Object.fromEntries(files));
  if (isInstalled && !runCommand("npm", ["install", "--no-fund", "--no-audit"], join(parent, folder)))
    throw new Error(`${folder} was created, but npm install failed. Fix the cause and run it again there.`);
  return `
${describeConnector(folder, slug)}

  cd ${folder}${isInstalled ? "" : " && npm install"}
  npm test

By hand: npm run sandbox, npx bridgekit up, then npx bridgekit check

The guide: https://github.com/bridgekit/bridgekit/blob/main/docs/writing-a-connector.md
To publish it, set "license" in package.json and run npm publish.
`;
}
