import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findUncovered } from "../changesets/find-uncovered.ts";
import { run } from "../run-command.ts";

let root: string;
const temporary: string[] = [];

function git(...args: string[]): void {
  run(root, "git", "-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...args);
}

function write(files: Record<string, string | object>): void {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), typeof content === "string" ? content : JSON.stringify(content));
  }
}

function commit(files: Record<string, string | object> = {}): void {
  write(files);
  git("add", "--all");
  git("commit", "--quiet", "--allow-empty", "--message", "A change");
}

const manifest = (name: string, version: string) => ({ name, version, exports: "./src/index.ts" });
const changeset = (...names: string[]) => `---\n${names.map((name) => `"${name}": patch\n`).join("")}---\n\nBetter.\n`;
const uncovered = () => findUncovered(root)?.map(({ name, files }) => ({ name, files }));

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "bridgekit-changesets-"));
  temporary.push(directory);
  return directory;
}

beforeEach(() => {
  root = temporaryDirectory();
  git("init", "--quiet", "--initial-branch=main");
  commit({
    "package.json": { name: "root", private: true },
    "pnpm-workspace.yaml": "packages:\n  - packages/*\n",
    "pnpm-lock.yaml": "lockfileVersion: '9.0'\n",
    ".changeset/config.json": { baseBranch: "main" },
    "packages/one/package.json": manifest("@test/one", "0.0.0"),
    "packages/one/src/index.ts": "export const one = 1;\n",
    "packages/two/package.json": manifest("@test/two", "0.0.0"),
    "packages/two/src/index.ts": "export const two = 2;\n",
    "packages/hidden/package.json": { name: "@test/hidden", private: true },
    "packages/hidden/src/index.ts": "export const hidden = 0;\n",
  });
});

afterEach(() => {
  for (const directory of temporary.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** As `pnpm release` does: versions, a commit, and a tag for each package. */
function releaseBoth(version: string): void {
  commit({
    "packages/one/package.json": manifest("@test/one", version),
    "packages/two/package.json": manifest("@test/two", version),
  });
  for (const name of ["one", "two"]) git("tag", "--annotate", "--message", name, `@test/${name}@${version}`);
}

test("before the first release every published package needs a changeset", () => {
  expect(uncovered()).toEqual([
    { name: "@test/one", files: ["packages/one/package.json", "packages/one/src/index.ts"] },
    { name: "@test/two", files: ["packages/two/package.json", "packages/two/src/index.ts"] },
  ]);
  commit({ ".changeset/first.md": changeset("@test/one", "@test/two") });
  expect(uncovered()).toEqual([]);
});

test("a branch that changes a package needs a changeset that names it", () => {
  git("switch", "--quiet", "--create", "feature");
  commit({ "packages/one/src/index.ts": "export const one = 1.5;\n", ".changeset/other.md": changeset("@test/two") });
  expect(uncovered()).toEqual([{ name: "@test/one", files: ["packages/one/src/index.ts"] }]);
  commit({ ".changeset/one.md": changeset("@test/one") });
  expect(uncovered()).toEqual([]);
});

test("a changeset of an earlier change doesn't count", () => {
  commit({ ".changeset/earlier.md": changeset("@test/one", "@test/two") });
  git("switch", "--quiet", "--create", "feature");
  commit({ "packages/one/src/index.ts": "export const one = 1.5;\n" });
  expect(uncovered()?.map(({ name }) => name)).toEqual(["@test/one"]);
});

test("new, deleted and uncommitted files are changes too", () => {
  git("switch", "--quiet", "--create", "feature");
  commit();
  git("rm", "--quiet", "packages/two/src/index.ts");
  write({ "packages/one/templates/new.txt": "new\n" });
  expect(uncovered()).toEqual([
    { name: "@test/one", files: ["packages/one/templates/new.txt"] },
    { name: "@test/two", files: ["packages/two/src/index.ts"] },
  ]);
});

test("tests, Markdown and private packages need none", () => {
  git("switch", "--quiet", "--create", "feature");
  commit({
    "packages/one/test/one.test.ts": "export {};\n",
    "packages/one/README.md": "# One\n",
    "packages/one/vitest.config.ts": "export {};\n",
    "packages/hidden/src/index.ts": "export const hidden = 1;\n",
    "scripts/tool.ts": "export {};\n",
  });
  expect(uncovered()).toEqual([]);
});

test("changes of others on the default branch don't count for this branch", () => {
  git("switch", "--quiet", "--create", "feature");
  commit({ "packages/one/README.md": "# One\n" });
  git("switch", "--quiet", "main");
  commit({ "packages/two/src/index.ts": "export const two = 2.5;\n", ".changeset/two.md": changeset("@test/two") });
  git("switch", "--quiet", "feature");
  expect(uncovered()).toEqual([]);
});

test("a branch that only versions packages is a release and needs none", () => {
  commit({ ".changeset/first.md": changeset("@test/one", "@test/two") });
  git("switch", "--quiet", "--create", "release");
  git("rm", "--quiet", ".changeset/first.md");
  commit({
    "packages/one/package.json": manifest("@test/one", "0.1.0"),
    "packages/two/package.json": manifest("@test/two", "0.1.0"),
  });
  expect(uncovered()).toEqual([]);
  git("switch", "--quiet", "main");
  git("merge", "--quiet", "--ff-only", "release");
  expect(uncovered()).toEqual([]);
});

test("on the default branch each package is compared with its last release", () => {
  releaseBoth("0.1.0");
  expect(uncovered()).toEqual([]);
  commit({ "packages/two/src/index.ts": "export const two = 2.5;\n" });
  expect(uncovered()).toEqual([{ name: "@test/two", files: ["packages/two/src/index.ts"] }]);
  commit({ ".changeset/two.md": changeset("@test/two") });
  expect(uncovered()).toEqual([]);
});

test("a clone compares with the default branch of its origin", () => {
  releaseBoth("0.1.0");
  const origin = root;
  root = join(temporaryDirectory(), "clone");
  run(origin, "git", "clone", "--quiet", origin, root);
  git("switch", "--quiet", "--create", "feature");
  git("branch", "--quiet", "--delete", "main");
  commit({ "packages/one/src/index.ts": "export const one = 1.5;\n" });
  expect(uncovered()?.map(({ name }) => name)).toEqual(["@test/one"]);
});

test("a shallow clone passes on the default branch, and elsewhere says what to fetch", () => {
  const origin = root;
  git("switch", "--quiet", "--create", "feature");
  commit();
  const cloneOf = (branch: string) => {
    root = join(temporaryDirectory(), "clone");
    run(origin, "git", "clone", "--quiet", "--depth=1", `--branch=${branch}`, `file://${origin}`, root);
  };
  cloneOf("main");
  expect(findUncovered(root)).toBeUndefined();
  cloneOf("feature");
  expect(() => findUncovered(root)).toThrow("git fetch --unshallow origin +refs/heads/main:refs/remotes/origin/main");
});

test("a changeset that releases nothing suffices, and one of an unknown form is an error", () => {
  git("switch", "--quiet", "--create", "feature");
  commit({
    "packages/one/src/index.ts": "export const one = 1.5;\n",
    ".changeset/a.md": '---\n"@test/one": none\n---\n',
  });
  expect(uncovered()).toEqual([]);
  commit({ ".changeset/b.md": "Better.\n" });
  expect(uncovered).toThrow();
});
