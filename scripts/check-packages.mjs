import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./install.mjs";

// Builds every package, packs it as it would be published, and judges the tarballs.
const out = mkdtempSync(join(tmpdir(), "bridgekit-pack-"));
const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };
const run = (command, ...args) => execFileSync(command, args, { cwd: root, env, stdio: "inherit" });

try {
  run("turbo", "run", "build", "--output-logs=errors-only");
  run("changeset", "pack", "--out-dir", out);
  const tarballs = readdirSync(out, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".tgz"));
  if (tarballs.length === 0) throw new Error("nothing was packed");
  for (const tarball of tarballs) {
    console.log(`\n${tarball}`);
    run("publint", "run", join(out, tarball), "--strict");
    run("attw", join(out, tarball), "--profile", "esm-only", "--quiet");
  }
  console.log(`\n${tarballs.length} packages are fit to publish.`);
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}
