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
} finally {
  await bridge.close();
}
