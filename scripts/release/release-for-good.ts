import type { Packed } from "./pack.ts";
import { PublishError } from "./publish.ts";

/** What a release consists of; `workspace` is a folder with the repository in it. */
export interface ReleaseSteps {
  /** Copies the repository; returns where it is. */
  copy(): string;
  /** Changes versions and changelogs by what the changesets say. */
  version(workspace: string): void;
  /** Builds, packs and tries the packages; throws where one is not fit to publish. */
  prepare(workspace: string): Packed[];
  publish(packages: readonly Packed[]): void;
  /** Versions the repository itself and commits that, unless it was done by a release that broke off. */
  commitVersions(): void;
  tag(): void;
}

/**
 * Builds and tries everything in a copy and publishes from there. The repository changes only once something is published:
 * then its versions are committed, also where publishing broke off, so that the next release goes on with the same ones.
 */
export function releaseForGood(steps: ReleaseSteps): void {
  const copy = steps.copy();
  steps.version(copy);
  const packages = steps.prepare(copy);
  try {
    steps.publish(packages);
  } catch (error) {
    if (error instanceof PublishError && error.isBegun) steps.commitVersions();
    throw error;
  }
  steps.commitVersions();
  steps.tag();
}
