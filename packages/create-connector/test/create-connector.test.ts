import { spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toConnectorNames } from "../src/connector-names.ts";
import { createStandalone } from "../src/create-standalone.ts";
import { readRanges } from "../src/ranges.ts";

const names = toConnectorNames("help-desk");
const parent = realpathSync(mkdtempSync(join(tmpdir(), "bridgekit-create-")));
const folder = join(parent, "bridgekit-connector-help-desk");
const modules = join(import.meta.dirname, "../node_modules");
const create = () => createStandalone({ parent, names, ranges: readRanges(), isInstalled: false });
let next: string;

beforeAll(() => {
  next = create();
  symlinkSync(modules, join(folder, "node_modules"), "junction");
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

/** Runs a command of the new package as its author would. Returns the output if it failed. */
function run(command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(join(modules, ".bin", command), args, {
    cwd: folder,
    encoding: "utf8",
    shell: process.platform === "win32",
    // A test runner inside a test runner is to know nothing of the outer one.
    env: { PATH: process.env["PATH"], NO_COLOR: "1" },
  });
  return status === 0 ? "ok" : stdout + stderr;
}

test("a new connector has no type error, its configs and tests included", () => {
  expect(run("tsc", "-p", "tsconfig.json")).toBe("ok");
});

test("a new connector passes its own tests", { timeout: 1_800_000 }, () => {
  expect(run("vitest", "run")).toBe("ok");
});

test("the output names what to change, what to run, and the guide", () => {
  for (const text of [
    "sandbox/app.ts",
    "src/help-desk-client.ts",
    "src/help-desk.ts",
    "npm test",
    "writing-a-connector",
  ])
    expect(next).toContain(text);
});

test("an existing folder is not changed", () => {
  expect(create).toThrow(`${folder} already exists. Choose another name, or remove it first.`);
});
