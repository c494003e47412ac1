import { ask, type CommandAnswer } from "../run-command.ts";
import type { Packed } from "./pack.ts";

export type Npm = (...args: string[]) => CommandAnswer;

export interface PublishResult {
  published: string[];
  /** Was there already, from a release that was broken off. */
  skipped: string[];
}

/**
 * Publishes the tarballs whose version npm does not have yet, in the order given, so that no package is there before
 * what it needs. Stops at the first that fails; called again it goes on from there.
 */
export function publish(
  packages: readonly Packed[],
  npm: Npm = (...args) => ask(process.cwd(), "npm", ...args),
): PublishResult {
  const result: PublishResult = { published: [], skipped: [] };
  for (const { name, version, tarball } of packages) {
    const release = `${name}@${version}`;
    if (isPublished(release, npm)) {
      result.skipped.push(release);
      continue;
    }
    const { status, stdout, stderr } = npm("publish", tarball, "--provenance", "--access", "public");
    if (status !== 0)
      throw new Error(
        `Publishing ${release} failed; published before it: ${result.published.join(", ") || "nothing"}. ` +
          `Once the cause is gone, release again: it goes on from here.\n${stdout}${stderr}`.trimEnd(),
      );
    result.published.push(release);
  }
  return result;
}

function isPublished(release: string, npm: Npm): boolean {
  const { status, stdout, stderr } = npm("view", release, "version", "--json");
  // What isn't there is E404, or nothing at all from some versions of npm.
  if (status === 0) return stdout.trim() !== "";
  if (`${stdout}${stderr}`.includes("E404")) return false;
  throw new Error(`npm can't tell whether ${release} is published already.\n${stdout}${stderr}`.trimEnd());
}
