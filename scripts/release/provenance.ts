import type { Npm } from "./publish.ts";

/**
 * Decides whether to publish with provenance. Throws early if npm would refuse to publish: it accepts provenance only from
 * GitHub Actions and GitLab, and without it needs a login.
 */
export function decideProvenance(isWanted: boolean, environment: NodeJS.ProcessEnv, npm: Npm): boolean {
  if (isWanted) {
    if (environment["ACTIONS_ID_TOKEN_REQUEST_URL"] || (environment["GITLAB_CI"] && environment["SIGSTORE_ID_TOKEN"]))
      return true;
    throw new Error(
      environment["GITHUB_ACTIONS"]
        ? "GitHub gives this job no token to make a provenance with: give it the permission `id-token: write`."
        : "npm takes a provenance from GitHub Actions and GitLab CI only. Release there, or from here with --no-provenance.",
    );
  }
  const { status, stdout, stderr } = npm("whoami");
  if (status !== 0)
    throw new Error(
      `npm does not know who publishes: run \`npm login\`, or put a token in .npmrc.\n${stdout}${stderr}`.trimEnd(),
    );
  return false;
}
