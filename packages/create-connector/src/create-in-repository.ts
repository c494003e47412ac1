import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ConnectorNames } from "./connector-names.ts";
import type { Ranges } from "./ranges.ts";
import { repositoryFiles } from "./repository-package.ts";
import { describeConnector } from "./describe-connector.ts";
import { runCommand } from "./run-command.ts";
import { writeFiles } from "./write-files.ts";

/** Makes `connectors/NAME` below the root of the repository and links it in; answers what to do next. */
export function createInRepository(root: string, names: ConnectorNames, ranges: Ranges): string {
  const { slug } = names;
  const folder = `connectors/${slug}`;
  const files = repositoryFiles(names, ranges);
  writeFiles(root, folder, files);
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { packageManager: string };
  const pnpm = packageManager.replace(/\+.*$/, "");
  const isReady =
    runCommand("npx", ["--yes", pnpm, "install"], root) &&
    // A name of another length breaks lines elsewhere.
    runCommand("npx", ["--yes", pnpm, "exec", "oxfmt", folder], root);
  if (!isReady) throw new Error(`${folder} is written, but the command above failed. Put it right and run it again.`);
  return `
${describeConnector(folder, slug)}

  pnpm turbo run test --filter=./${folder}

By hand: pnpm --filter ./${folder} sandbox, pnpm exec bridgekit up, then
  pnpm exec bridgekit check --config ${folder}/bridge.config.ts

docs/writing-a-connector.md goes through all of it. What users read is in ${folder}/README.md and
.changeset/${slug}-connector.md; the README of the project has a table of packages.
`;
}
