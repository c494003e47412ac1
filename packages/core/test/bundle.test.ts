import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { createMemoryReceipts } from "../src/run.ts";
import manifest from "../package.json" with { type: "json" };
import { shareBridge } from "./support/share-bridge.ts";
import { connectWiki, createWikiApp } from "./support/wiki.ts";

const bridge = await shareBridge();

test("a sync in one bundled file knows its versions", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bridgekit-bundle-"));
  try {
    const outfile = join(folder, "deep", "inside", "bundle.js");
    await build({
      entryPoints: [join(import.meta.dirname, "..", "src", "run.ts")],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      logLevel: "error",
    });
    const { runSync } = (await import(pathToFileURL(outfile).href)) as typeof import("../src/run.ts");
    const receipts = createMemoryReceipts();
    const appId = await createWikiApp(bridge);
    await runSync({ bridge: bridge.client, appId, connection: await connectWiki({}), receipts });
    expect(receipts.all).toMatchObject([{ status: "completed", versions: { core: manifest.version } }]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
