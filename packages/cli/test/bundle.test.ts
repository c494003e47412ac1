import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, test } from "vitest";
import manifest from "../package.json" with { type: "json" };

test("the command bundled into one file prints its version", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bridgekit-bundle-"));
  try {
    const outfile = join(folder, "deep", "inside", "bridgekit.mjs");
    await build({
      entryPoints: [join(import.meta.dirname, "..", "src", "main.ts")],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      external: ["@bridgekit/server", "@bridgekit/server/*"],
      // CommonJS packages need `require`.
      banner: {
        js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
      },
      logLevel: "error",
    });
    const { stdout } = await promisify(execFile)(process.execPath, [outfile, "--version"]);
    expect(stdout.trim()).toBe(manifest.version);
  } finally {
    await rm(folder, { recursive: true });
  }
});
