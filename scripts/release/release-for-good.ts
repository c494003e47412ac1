import type { Packed } from "./pack.ts";
import { PublishError } from "./publish.ts";

/** The steps of a release; `workspace` is a folder with a copy of the repository. */
export interface ReleaseSteps {
  /** Copies the repository; returns the folder. */
  copy(): string;
  /** Applies the changesets to versions and changelogs. */
  version(workspace: string): void;
  /** Builds, packs and tries the packages; throws if one is not fit to publish. */
  prepare(workspace: string): Packed[];
  publish(packages: readonly Packed[]): void;
  /** Versions the repository itself and commits it, unless an interrupted release already did. */
  commitVersions(): void;
  tag(): void;
}

/**
 * Builds and tries everything in a copy and publishes from there. The repository changes only once something is published:
 * then its versions are committed even if publishing failed halfway, so that the next release continues with them.
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
