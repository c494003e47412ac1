import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./install.mjs";
import { consumerChecks } from "./release/consumer.ts";
import { copyWorkspace } from "./release/copy-workspace.ts";
import { judge } from "./release/judge.ts";
import { pack, type Packed } from "./release/pack.ts";
import { decideProvenance } from "./release/provenance.ts";
import { callNpm, publish } from "./release/publish.ts";
import { startRegistry } from "./release/registry.ts";
import { releaseForGood } from "./release/release-for-good.ts";
import { run, runPnpm } from "./run-command.ts";

// `pnpm release`: versions, packs, tries and publishes the packages. `--dry-run` does everything but publish, in a copy;
// `--no-provenance` publishes from outside a CI service.

function step<T>(title: string, work: () => T): T {
  const started = performance.now();
  const result = work();
  console.log(`${title}: ok (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  return result;
}

function hasChangesets(workspace: string): boolean {
  return readdirSync(join(workspace, ".changeset")).some((file) => file.endsWith(".md") && file !== "README.md");
}

/** Applies the changesets to versions and changelogs. */
function version(workspace: string): void {
  if (hasChangesets(workspace)) runPnpm(workspace, "exec", "changeset", "version");
}

/** Builds, packs and tries the packages; throws if one is not fit to publish. */
function prepare(workspace: string, out: string): Packed[] {
  const project = mkdtempSync(join(tmpdir(), "bridgekit-consumer-"));
  try {
    const packages = step("Build and pack", () => pack(workspace, out));
    for (const packed of packages) step(`Judge ${packed.name}@${packed.version}`, () => judge(packed));
    const registry = step("Start a registry", () => startRegistry(join(project, "registry")));
    try {
      step("Publish to it", () => void publish(packages, { hasProvenance: false, npm: registry.npm }));
      for (const check of consumerChecks(project, packages, registry.url)) step(`Consumer: ${check.title}`, check.run);
    } finally {
      registry.close();
    }
    return packages;
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

/** Provides folders for a copy of the repository and for the tarballs, and removes them afterwards. */
function withFolders(use: (copy: () => string, out: string) => void): void {
  const folders = [mkdtempSync(join(tmpdir(), "bridgekit-pack-"))];
  const copy = () => {
    const folder = step("Copy the repository", () => copyWorkspace(root));
    folders.push(folder);
    return folder;
  };
  try {
    use(copy, folders[0]!);
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

function rehearse(): void {
  withFolders((copy, out) => {
    const workspace = copy();
    step("Version", () => version(workspace));
    const packages = prepare(workspace, out);
    console.log(`\n${packages.length} packages are fit to publish; nothing was published.`);
  });
}

function publishAll(packages: readonly Packed[], hasProvenance: boolean): void {
  const { published, skipped } = step("Publish", () => publish(packages, { hasProvenance }));
  for (const name of skipped) console.log(`Already published: ${name}`);
  for (const name of published) console.log(`Published: ${name}`);
}

function commitVersions(): void {
  if (!hasChangesets(root)) return;
  step("Version", () => version(root));
  run(root, "git", "add", "--all");
  run(root, "git", "commit", "--message", "Version packages");
}

function release(isProvenanceWanted: boolean): void {
  const hasProvenance = decideProvenance(isProvenanceWanted, process.env, callNpm);
  const changed = run(root, "git", "status", "--porcelain");
  if (changed !== "")
    throw new Error(`A release needs a clean working tree. Commit or remove these files:\n${changed}`);
  withFolders((copy, out) => {
    releaseForGood({
      copy,
      version: (workspace) => step("Version", () => version(workspace)),
      prepare: (workspace) => prepare(workspace, out),
      publish: (packages) => publishAll(packages, hasProvenance),
      commitVersions,
      tag: () => void step("Tag", () => runPnpm(root, "exec", "changeset", "git-tag")),
    });
  });
  console.log("\nNow push the commit and the tags: git push --follow-tags");
}

// CI sets it so that the sources run on Node 22; the packages must run without it.
delete process.env.NODE_OPTIONS;

try {
  const { values } = parseArgs({
    allowNegative: true,
    options: { "dry-run": { type: "boolean", default: false }, provenance: { type: "boolean", default: true } },
  });
  if (values["dry-run"]) rehearse();
  else release(values.provenance);
} catch (error) {
  console.error(`\nThe release stopped. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
