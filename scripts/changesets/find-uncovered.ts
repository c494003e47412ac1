import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseChangesetFile } from "@changesets/parse";
import { readPublishedPackages, type PublishedPackage } from "../packages.ts";
import { Git } from "./git.ts";

export interface Uncovered {
  name: string;
  /** What it was compared with: a commit, a tag, or undefined where it was never released. */
  base: string | undefined;
  /** Changed files that its users get, from the root. */
  files: string[];
}

// What a package's users never see. Anything else is packed, or built into what is packed.
const UNPUBLISHED = [/^test\//, /^(vitest\.config\.ts|turbo\.json)$/, /\.md$/];

/**
 * The published packages that changed without a changeset. On a branch they are compared with where it left the default
 * branch; on the default branch itself each with its last release. Only changesets since then count. Undefined in a
 * shallow clone of the default branch: what is there has landed, and there is nothing to compare it with.
 *
 * @throws Error where a shallow clone does not tell where its branch began.
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

/** 0.0.0 is what a package has before its first release. */
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
