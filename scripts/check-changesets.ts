import { findUncovered } from "./changesets/find-uncovered.ts";
import { Git } from "./changesets/git.ts";
import { root } from "./install.mjs";

// Fails if a published package changed without a changeset.
const SHOWN = 5;

function check(): void {
  if (!new Git(root).isRepository()) return console.log("This is no git repository, so there is no change to look at.");
  const uncovered = findUncovered(root);
  if (!uncovered) return console.log("A shallow clone of the default branch has no change to look at.");
  if (uncovered.length === 0) return console.log("Every published package that changed has a changeset.");

  for (const { name, base, files } of uncovered) {
    console.error(`${name} ${base ? `changed since ${base}` : "was never released"}, and has no changeset:`);
    for (const file of files.slice(0, SHOWN)) console.error(`  ${file}`);
    if (files.length > SHOWN) console.error(`  and ${files.length - SHOWN} more`);
  }
  console.error('\nWrite one by "pnpm changeset" (or by hand in .changeset/) and commit it with the change.');
  console.error('Where users notice nothing, name the package with "none" in place of "patch".');
  process.exitCode = 1;
}

try {
  check();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
