import { createClient, type BridgeClient } from "@bridgekit/client";
import { createBridge } from "@bridgekit/server";

export interface TestBridge extends AsyncDisposable {
  client: BridgeClient;
}

/** The real server app on a database in memory, and a client of its first organisation; nothing listens on a port. */
export async function startBridge(): Promise<TestBridge> {
  const bridge = await createBridge({ database: { kind: "pglite" } });
  await bridge.createOrg("test");
  const { key } = await bridge.createKey({ org: "test", name: "test", role: "admin" });
  const client = createClient({
    baseUrl: "http://bridge.example.com/org/test",
    apiKey: key,
    fetch: async (input, init) => bridge.fetch(new Request(input, init)),
  });
  return { client, [Symbol.asyncDispose]: () => bridge.close() };
}
