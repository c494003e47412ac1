import { describe, expect, test } from "vitest";
import { decideProvenance } from "../release/provenance.ts";
import { PublishError, type Npm } from "../release/publish.ts";
import { releaseForGood } from "../release/release-for-good.ts";

describe("whether there is a provenance is decided before anything is built", () => {
  const signedIn: Npm = () => ({ status: 0, stdout: "somebody\n", stderr: "" });
  const stranger: Npm = () => ({ status: 1, stdout: "", stderr: "npm error code ENEEDAUTH\n" });

  test("a CI service that npm accepts publishes with provenance", () => {
    expect(decideProvenance(true, { ACTIONS_ID_TOKEN_REQUEST_URL: "https://example.com" }, stranger)).toBe(true);
    expect(decideProvenance(true, { GITLAB_CI: "true", SIGSTORE_ID_TOKEN: "token" }, stranger)).toBe(true);
  });

  test.each([
    { where: "a laptop", environment: {}, says: "or from here with --no-provenance" },
    { where: "a job without the token", environment: { GITHUB_ACTIONS: "true" }, says: "id-token: write" },
    { where: "a CI job of GitLab without one", environment: { GITLAB_CI: "true" }, says: "--no-provenance" },
  ])("on $where the release ends with what to do", ({ environment, says }) => {
    expect(() => decideProvenance(true, environment, signedIn)).toThrow(says);
  });

  test("without provenance, npm needs a login", () => {
    expect(decideProvenance(false, {}, signedIn)).toBe(false);
    expect(() => decideProvenance(false, {}, stranger)).toThrow(/npm login.*\n.*ENEEDAUTH/s);
  });
});

/** A repository and a registry that log their calls; one step fails. */
function openRelease(failure?: { in: "prepare" | "publish"; error: Error }) {
  const done: string[] = [];
  const step = (name: string) => {
    done.push(name);
    if (failure?.in === name) throw failure.error;
  };
  const run = () =>
    releaseForGood({
      copy: () => "/copy",
      version: (workspace) => step(`version ${workspace}`),
      prepare(workspace) {
        expect(workspace).toBe("/copy");
        step("prepare");
        return [];
      },
      publish: () => step("publish"),
      commitVersions: () => step("commit"),
      tag: () => step("tag"),
    });
  return { run, done };
}

test("a release is versioned, built and tried in a copy, and the repository follows what is published", () => {
  const { run, done } = openRelease();
  run();
  expect(done).toEqual(["version /copy", "prepare", "publish", "commit", "tag"]);
});

test.each([
  { in: "prepare", error: new Error("attw found a fault") },
  { in: "publish", error: new PublishError("E403", false) },
  { in: "publish", error: new Error("npm can't tell") },
] as const)("a release that fails in $in before anything is published leaves the repository as it was", (failure) => {
  const { run, done } = openRelease(failure);
  expect(run).toThrow(failure.error.message);
  expect(done.slice(2)).not.toContain("commit");
  expect(done).not.toContain("tag");
});

test("a release that fails halfway keeps its versions, so that the next one continues with them", () => {
  const { run, done } = openRelease({ in: "publish", error: new PublishError("E503", true) });
  expect(run).toThrow("E503");
  expect(done).toEqual(["version /copy", "prepare", "publish", "commit"]);
});
