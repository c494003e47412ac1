import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createProgram } from "../packages/cli/src/program/program.ts";
import { findBrokenLinks } from "./docs/find-broken-links.ts";
import { findUnknownCommands } from "./docs/find-unknown-commands.ts";
import { root } from "./install.mjs";
import { run } from "./run-command.ts";

// Fails if a text links to a file or heading that does not exist, or uses an unknown `bridgekit` command. Does not check
// links to other hosts.
const listed = run(
  root,
  "git",
  "ls-files",
  "--cached",
  "--others",
  "--exclude-standard",
  "-z",
  "*.md",
  ".github/*.yml",
);
const files = listed.split("\0").filter((file) => file !== "" && existsSync(join(root, file)));
const program = createProgram({ print: () => {}, warn: () => {} } as never, () => {});
const faults = [
  ...findBrokenLinks(
    root,
    files.filter((file) => file.endsWith(".md")),
  ).map(({ file, href, reason }) => `${file} links to ${href}: ${reason}`),
  ...files.flatMap((file) =>
    findUnknownCommands(readFileSync(join(root, file), "utf8"), program).map(
      (call) => `${file} says \`${call}\`, which is not a command`,
    ),
  ),
];
for (const fault of faults) console.error(fault);
if (faults.length === 0) console.log(`All links and commands in ${files.length} texts are valid.`);
else process.exitCode = 1;
