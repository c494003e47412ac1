import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseChangesetFile } from "@changesets/parse";
import { readPublishedPackages, type PublishedPackage } from "../packages.ts";
import { Git } from "./git.ts";

export interface Uncovered {
  name: string;
  /** The commit or tag it was compared with; undefined if it was never released. */
  base: string | undefined;
  /** Changed published files, from the root. */
  files: string[];
}

// Files that do not affect the published package.
const UNPUBLISHED = [/^test\//, /^(vitest\.config\.ts|turbo\.json)$/, /\.md$/];

/**
 * Finds the published packages that changed without a changeset. A branch is compared with where it left the default branch;
 * on the default branch, each package with its last release. Only changesets since then count. Returns undefined in a
 * shallow clone of the default branch, which has nothing to compare with.
 *
 * @throws Error if a shallow clone does not contain the start of its branch.
 */
export function findUncovered(root: string): Uncovered[] | undefined {
  const git = new Git(root);
  const defaultBranch = readDefaultBranch(root);
  const tip = git.commit(`refs/remotes/origin/${defaultBranch}`) ?? git.commit(`refs/heads/${defaultBranch}`);
  const branchPoint = tip && git.mergeBase(tip);
  const isLanded = branchPoint !== undefined && branchPoint === git.commit("HEAD");
  if (git.isShallow()) {
    if (isLanded) return undefined;
    if (branchPoint === undefined)
      throw new Error(
        `This clone is shallow and does not tell where its branch left "${defaultBranch}". Get the history: ` +
          `git fetch --unshallow origin +refs/heads/${defaultBranch}:refs/remotes/origin/${defaultBranch}`,
      );
  }
  return readPublishedPackages(root).flatMap((published) => {
    const base = isLanded || branchPoint === undefined ? git.lastTag(`${published.name}@`) : branchPoint;
    if (versionAt(git, base, published) !== published.version) return []; // being released just now
    const changed = git.changedSince(base);
    const files = changed.filter((file) => isPublished(file, published));
    const isCovered = changed.some((file) => namesPackage(root, file, published.name));
    return files.length > 0 && !isCovered ? [{ name: published.name, base, files }] : [];
  });
}

function readDefaultBranch(root: string): string {
  const config = JSON.parse(readFileSync(join(root, ".changeset", "config.json"), "utf8")) as { baseBranch: string };
  return config.baseBranch;
}

/** A package has version 0.0.0 before its first release. */
function versionAt(git: Git, base: string | undefined, { directory }: PublishedPackage): string {
  const manifest = base === undefined ? undefined : git.read(base, `${directory}/package.json`);
  return manifest === undefined ? "0.0.0" : (JSON.parse(manifest) as { version: string }).version;
}

function isPublished(file: string, { directory }: PublishedPackage): boolean {
  if (!file.startsWith(`${directory}/`)) return false;
  const inside = file.slice(directory.length + 1);
  return !UNPUBLISHED.some((pattern) => pattern.test(inside));
}

function namesPackage(root: string, file: string, name: string): boolean {
  if (!/^\.changeset\/[^/]+\.md$/.test(file) || !existsSync(join(root, file))) return false;
  return parseChangesetFile(readFileSync(join(root, file), "utf8")).releases.some((release) => release.name === name);
}
