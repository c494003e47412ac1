import { ask, type CommandResult } from "../run-command.ts";
import type { Packed } from "./pack.ts";

export type Npm = (...args: string[]) => CommandResult;

export interface PublishResult {
  published: string[];
  /** Already published by an interrupted release. */
  skipped: string[];
}

/** Publishing failed. */
export class PublishError extends Error {
  /** Whether something is published, by this release or by an earlier interrupted one. */
  readonly isBegun: boolean;

  constructor(message: string, isBegun: boolean) {
    super(message);
    this.isBegun = isBegun;
  }
}

export interface PublishOptions {
  /** npm creates provenance only on the CI services that it knows. */
  hasProvenance: boolean;
  npm?: Npm;
}

/**
 * Publishes the tarballs whose version npm does not have yet, in order, so that dependencies come first. Stops at the first
 * failure; calling it again continues from there.
 */
export function publish(packages: readonly Packed[], { hasProvenance, npm = callNpm }: PublishOptions): PublishResult {
  const result: PublishResult = { published: [], skipped: [] };
  for (const { name, version, tarball } of packages) {
    const release = `${name}@${version}`;
    if (isPublished(release, npm)) {
      result.skipped.push(release);
      continue;
    }
    const provenance = hasProvenance ? ["--provenance"] : [];
    const { status, stdout, stderr } = npm("publish", tarball, ...provenance, "--access", "public");
    if (status !== 0)
      throw new PublishError(
        `Publishing ${release} failed; published before it: ${result.published.join(", ") || "nothing"}. ` +
          `Once the cause is gone, release again: it goes on from here.\n${stdout}${stderr}`.trimEnd(),
        result.published.length + result.skipped.length > 0,
      );
    result.published.push(release);
  }
  return result;
}

export const callNpm: Npm = (...args) => ask(process.cwd(), "npm", ...args);

function isPublished(release: string, npm: Npm): boolean {
  const { status, stdout, stderr } = npm("view", release, "version", "--json");
  // For an unknown version npm prints E404, or nothing in some versions of npm.
  if (status === 0) return stdout.trim() !== "";
  if (`${stdout}${stderr}`.includes("E404")) return false;
  throw new Error(`npm can't tell whether ${release} is already published.\n${stdout}${stderr}`.trimEnd());
}
