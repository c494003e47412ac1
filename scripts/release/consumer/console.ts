import assert from "node:assert/strict";
import { createBridge } from "@bridgekit/server";

// The console comes with the server: its page, and the script that the page loads.
const bridge = await createBridge({ database: { kind: "pglite" } });
try {
  const get = (path: string) => bridge.fetch(new Request(new URL(path, "http://bridge.example.com/")));
  const page = await get("/");
  assert.equal(page.status, 200);
  const [, script] = /<script [^>]*src="([^"]+)"/.exec(await page.text()) ?? [];
  assert.ok(script, "The page of the console loads no script.");
  const response = await get(script);
  assert.match(response.headers.get("content-type") ?? "", /javascript/);
  assert.ok((await response.text()).length > 100_000, `${script} is too small for the console.`);

  // So does the API reference.
  const redoc = await get("/docs/redoc.js");
  assert.equal(redoc.status, 200);
  assert.ok((await redoc.text()).length > 1_000_000, "The script of /docs is too small for Redoc.");
} finally {
  await bridge.close();
}
