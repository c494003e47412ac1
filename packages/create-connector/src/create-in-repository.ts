import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ConnectorNames } from "./connector-names.ts";
import type { Ranges } from "./ranges.ts";
import { repositoryFiles } from "./repository-package.ts";
import { describeConnector, runCommand, writeFiles } from "./write-connector.ts";

/** Creates and links `connectors/NAME` in the repository. Returns the next steps. */
export function createInRepository(root: string, names: ConnectorNames, ranges: Ranges): string {
  const { slug } = names;
  const folder = `connectors/${slug}`;
  const files = repositoryFiles(names, ranges);
  writeFiles(root, folder, files);
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { packageManager: string };
  const pnpm = packageManager.replace(/\+.*$/, "");
  const isReady =
    runCommand("npx", ["--yes", pnpm, "install"], root) &&
    // The length of the name changes line breaks.
    runCommand("npx", ["--yes", pnpm, "exec", "oxfmt", folder], root);
  if (!isReady) throw new Error(`${folder} was created, but the command above failed. Fix the cause and run it again.`);
  return `
${describeConnector(folder, slug)}

  pnpm turbo run test --filter=./${folder}

By hand: pnpm --filter ./${folder} sandbox, pnpm exec bridgekit up, then
  pnpm exec bridgekit check --config ${folder}/bridge.config.ts

docs/writing-a-connector.md explains each step. Users read ${folder}/README.md and .changeset/${slug}-connector.md; the
project's README has a table of packages.
`;
}
