import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { pnpm, root } from "./install.mjs";

interface Step {
  /** Name on the command line. */
  name: string;
  command: string[];
}

// All checks, fastest first.
const steps: Step[] = [
  { name: "lint", command: ["oxlint", "--type-aware", "--deny-warnings"] },
  { name: "format", command: ["oxfmt", "--check"] },
  { name: "types", command: ["tsc", "-p", "tsconfig.json"] },
  { name: "types of the console", command: ["tsc", "-p", "packages/console/tsconfig.json"] },
  { name: "unused code", command: ["knip"] },
  { name: "layers", command: ["node", "scripts/check-layers.ts"] },
  { name: "docs", command: ["node", "scripts/check-docs.ts"] },
  { name: "changesets", command: ["node", "scripts/check-changesets.ts"] },
  // The results of these two are cached until one of their inputs changes. The dry run runs in parallel with the tests;
  // the step after them only shows its result.
  {
    name: "tests",
    command: ["turbo", "run", "test", "dry-run", "--concurrency=2", "--continue", "--output-logs=full"],
  },
  { name: "packages", command: ["turbo", "run", "dry-run", "--output-logs=full"] },
];

const env = {
  ...process.env,
  TESTED_NODE: process.version,
  TURBO_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
  NO_COLOR: "1",
};

/** Runs a step and returns its output. */
function run({ command }: Step): Promise<{ isOk: boolean; output: string }> {
  return new Promise((resolve) => {
    const child = spawn("npx", ["--yes", pnpm, "exec", ...command], {
      cwd: root,
      env,
      shell: process.platform === "win32",
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        output += String(chunk);
        process.stdout.write(chunk);
      });
    child.on("close", (code) => resolve({ isOk: code === 0, output }));
  });
}

function countTests(output: string): { passed: number; failed: number; skipped: number } {
  // vitest's own summary: "Tests  1 failed | 12 passed (13)"
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [line] of stripVTControlCharacters(output).matchAll(/Tests {2}.*\(\d+\)/g)) {
    counts.passed += Number(/(\d+) passed/.exec(line)?.[1] ?? 0);
    counts.failed += Number(/(\d+) failed/.exec(line)?.[1] ?? 0);
    counts.skipped += Number(/(\d+) skipped/.exec(line)?.[1] ?? 0);
  }
  return counts;
}

/** Extracts vitest's failures by package, because turbo interleaves the output of concurrent packages. */
function findFailures(output: string): string[] {
  const packages = new Map<string, string[]>();
  for (const line of stripVTControlCharacters(output).split("\n")) {
    const [, name = "", text = line] = /^(\S+:test): ?(.*)$/.exec(line) ?? [];
    const lines = packages.get(name) ?? [];
    lines.push(text);
    packages.set(name, lines);
  }
  const found: string[] = [];
  for (const [name, lines] of packages) {
    const first = lines.findIndex((line) => /^⎯+ (Failed|Unhandled)/.test(line));
    if (first < 0) continue;
    const length = lines.slice(first).findIndex((line) => line.startsWith(" Test Files"));
    found.push(name, ...lines.slice(first, length < 0 ? undefined : first + length));
  }
  return found;
}

const only = process.argv.slice(2);
const unknown = only.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  const names = steps.map((step) => `"${step.name}"`).join(", ");
  console.error(`Unknown step ${unknown.join(", ")}. The steps are ${names}.`);
  process.exit(2);
}
let passed = 0;
let failed = 0;
let skipped = 0;
const broken: string[] = [];
const failures: string[] = [];
for (const step of steps) {
  if (only.length > 0 && !only.includes(step.name)) continue;
  console.log(`\n--- ${step.name}`);
  const started = performance.now();
  const { isOk, output } = await run(step);
  const tests = countTests(output);
  passed += tests.passed + (isOk ? 1 : 0);
  failed += tests.failed + (isOk ? 0 : 1);
  skipped += tests.skipped;
  if (!isOk) {
    broken.push(step.name);
    failures.push(...findFailures(output));
  }
  console.log(`--- ${step.name}: ${isOk ? "ok" : "FAILED"} in ${Math.round((performance.now() - started) / 1000)} s`);
}
// Repeats the failures at the end of the log, where readers look first.
if (failures.length > 0) console.log(`\n${failures.join("\n")}`);
if (broken.length > 0) console.log(`\nFailed: ${broken.join(", ")}`);
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = failed > 0 ? 1 : 0;
