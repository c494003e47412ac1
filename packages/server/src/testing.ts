import { createClient, type BridgeClient } from "@bridgekit/client";
import { type Bridge, type BridgeOptions, createBridge } from "./create-bridge.ts";
import { readEmptyTables } from "./database/embedded/empty-tables.ts";

export interface TestBridge extends Bridge {
  /** Creates an organisation with an admin key; it is named by a number by default. */
  openOrg: (options?: TestOrgOptions) => Promise<TestOrg>;
}

export interface TestOrgOptions {
  name?: string;
  /** The origin of `url`, if clients outside this process use it. */
  origin?: string;
}

/** An organisation for a test, and how to reach it. */
export interface TestOrg {
  /** Base URL as a config has it: `http://bridge.example.com/org/org1`. */
  url: string;
  /** An admin key. */
  apiKey: string;
  /** A replacement for `globalThis.fetch` that calls the Bridge in this process, whatever the host of the URL. */
  fetch: typeof globalThis.fetch;
  /** A client that calls the Bridge in this process. */
  client: BridgeClient;
  /** Creates a client with another `fetch`, for example one that loses responses. */
  connect: (fetch: typeof globalThis.fetch) => BridgeClient;
}

/**
 * A Bridge on a database in memory, for tests. It opens much faster than by `createBridge`: a dump of the
 * empty tables is cached per machine, by the version of PGlite and the migrations.
 *
 * @example
 * await using bridge = await createTestBridge({ rateLimit: null });
 * const { client } = await bridge.openOrg();
 */
export async function createTestBridge(options: Omit<BridgeOptions, "database"> = {}): Promise<TestBridge> {
  const bridge = await createBridge({
    ...options,
    database: { kind: "pglite", loadDataDir: await readEmptyTables() },
  });
  let count = 0;
  return { ...bridge, openOrg: (given) => openOrg(bridge, { name: `org${++count}`, ...given }) };
}

async function openOrg(
  bridge: Bridge,
  { name, origin = "http://bridge.example.com" }: TestOrgOptions & { name: string },
): Promise<TestOrg> {
  await bridge.createOrg(name);
  const { key: apiKey } = await bridge.createKey({ org: name, name: "test", role: "admin" });
  const url = `${origin}/org/${name}`;
  const fetch: typeof globalThis.fetch = async (input, init) => bridge.fetch(new Request(input, init));
  const connect = (way: typeof globalThis.fetch) => createClient({ baseUrl: url, apiKey, fetch: way });
  return { url, apiKey, fetch, client: connect(fetch), connect };
}
