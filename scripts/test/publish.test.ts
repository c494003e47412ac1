import { expect, test } from "vitest";
import type { Packed } from "../release/pack.ts";
import { publish, type Npm } from "../release/publish.ts";

const packages = ["client", "core", "cli"].map((name): Packed => ({
  name: `@test/${name}`,
  version: "1.0.0",
  tarball: `/out/${name}.tgz`,
}));

/** Stands in for npm and its registry: keeps what is published, and refuses the given package. */
function createRegistry({ known = ["@test/client"], refused = new Set<string>() } = {}) {
  const versions = new Set<string>();
  const calls: string[] = [];
  const npm: Npm = (command, subject = "", ...flags) => {
    calls.push([command, subject, ...flags].join(" "));
    if (command === "view") {
      if (versions.has(subject)) return { status: 0, stdout: '"1.0.0"\n', stderr: "" };
      // npm's two responses for an unknown version.
      if (known.some((name) => subject.startsWith(`${name}@`))) return { status: 0, stdout: "", stderr: "" };
      return { status: 1, stdout: '{"error":{"code":"E404"}}', stderr: "" };
    }
    if (refused.has(subject)) return { status: 1, stdout: "", stderr: "npm error code E503\n" };
    versions.add(`@test/${/(\w+)\.tgz$/.exec(subject)![1]}@1.0.0`);
    return { status: 0, stdout: "", stderr: "" };
  };
  return { npm, calls, refused };
}

test("every tarball is published with provenance, in the order given", () => {
  const { npm, calls } = createRegistry();
  expect(publish(packages, { hasProvenance: true, npm })).toEqual({
    published: ["@test/client@1.0.0", "@test/core@1.0.0", "@test/cli@1.0.0"],
    skipped: [],
  });
  expect(calls.filter((call) => call.startsWith("publish"))).toEqual([
    "publish /out/client.tgz --provenance --access public",
    "publish /out/core.tgz --provenance --access public",
    "publish /out/cli.tgz --provenance --access public",
  ]);
});

test("a manual release publishes without provenance", () => {
  const { npm, calls } = createRegistry();
  publish(packages, { hasProvenance: false, npm });
  expect(calls).toContain("publish /out/client.tgz --access public");
});

test("an interrupted release says how far it got, and continues from there", () => {
  const { npm, refused } = createRegistry();
  refused.add("/out/core.tgz");
  expect(() => publish(packages, { hasProvenance: true, npm })).toThrow(
    /@test\/core@1\.0\.0 failed; published before it: @test\/client@1\.0\.0/,
  );
  refused.clear();
  expect(publish(packages, { hasProvenance: true, npm })).toEqual({
    published: ["@test/core@1.0.0", "@test/cli@1.0.0"],
    skipped: ["@test/client@1.0.0"],
  });
});

test("nothing is published if npm can't tell what is published already", () => {
  const calls: string[] = [];
  const npm: Npm = (command) => {
    calls.push(command);
    return { status: 1, stdout: "", stderr: "npm error code ENOTFOUND\n" };
  };
  expect(() => publish(packages, { hasProvenance: true, npm })).toThrow("ENOTFOUND");
  expect(calls).toEqual(["view"]);
});
