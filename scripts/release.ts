import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./install.mjs";
import { consumerChecks } from "./release/consumer.ts";
import { copyWorkspace } from "./release/copy-workspace.ts";
import { judge } from "./release/judge.ts";
import { pack } from "./release/pack.ts";
import { publish } from "./release/publish.ts";
import { run, runPnpm } from "./run-command.ts";

// `pnpm release`: versions, packs, tries and publishes the packages. `--dry-run` does all but publish, in a copy.

function step<T>(title: string, work: () => T): T {
  const started = performance.now();
  const result = work();
  console.log(`${title}: ok (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  return result;
}

function hasChangesets(workspace: string): boolean {
  return readdirSync(join(workspace, ".changeset")).some((file) => file.endsWith(".md") && file !== "README.md");
}

/** Changes versions and changelogs by what the changesets say. */
function version(workspace: string): void {
  if (hasChangesets(workspace)) runPnpm(workspace, "exec", "changeset", "version");
}

function release(workspace: string, { isDryRun }: { isDryRun: boolean }): void {
  const out = mkdtempSync(join(tmpdir(), "bridgekit-pack-"));
  const project = mkdtempSync(join(tmpdir(), "bridgekit-consumer-"));
  try {
    const packages = step("Build and pack", () => pack(workspace, out));
    for (const packed of packages) step(`Judge ${packed.name}@${packed.version}`, () => judge(packed));
    for (const check of consumerChecks(project, packages)) step(`Consumer: ${check.title}`, check.run);
    if (isDryRun) {
      console.log(`\n${packages.length} packages are fit to publish; nothing was published.`);
      return;
    }
    const { published, skipped } = step("Publish", () => publish(packages));
    step("Tag", () => runPnpm(workspace, "exec", "changeset", "git-tag"));
    for (const name of skipped) console.log(`Was there already: ${name}`);
    for (const name of published) console.log(`Published: ${name}`);
    console.log("\nNow push the commit and the tags: git push --follow-tags");
  } finally {
    for (const directory of [out, project]) rmSync(directory, { recursive: true, force: true });
  }
}

function rehearse(): void {
  const copy = step("Copy the repository", () => copyWorkspace(root));
  try {
    step("Version", () => version(copy));
    release(copy, { isDryRun: true });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function releaseForGood(): void {
  const changed = run(root, "git", "status", "--porcelain");
  if (changed !== "")
    throw new Error(`A release is made of what is committed. Commit these files or put them away:\n${changed}`);
  if (hasChangesets(root)) {
    step("Version", () => version(root));
    // Tags name commits, so the versions must be in one.
    run(root, "git", "add", "--all");
    run(root, "git", "commit", "--message", "Version packages");
  }
  release(root, { isDryRun: false });
}

// What CI adds so that the sources run on Node 22 must not help the packages.
delete process.env.NODE_OPTIONS;

try {
  const { values } = parseArgs({ options: { "dry-run": { type: "boolean", default: false } } });
  if (values["dry-run"]) rehearse();
  else releaseForGood();
} catch (error) {
  console.error(`\nThe release stopped. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
