import type { BridgeClient, LiveRecord, RecordData } from "@bridgekit/client";
import { createTestBridge } from "@bridgekit/server/testing";

/** Responds in place of the Bridge; undefined passes the request on. */
type Intercept = (request: Request) => Response | undefined | Promise<Response | undefined>;

export interface TestBridge extends AsyncDisposable {
  client: BridgeClient;
  /** Another client, whose calls take this way. */
  connect(fetch: typeof globalThis.fetch): BridgeClient;
  /** Log of the calls, without ids: `start`, `push account 100`, `complete`, `abandon`, `report completed`. */
  calls: string[];
  intercept: Intercept;
  /** Moves the Bridge's clock forward. */
  pass(seconds: number): void;
  /** Calls the Bridge itself, without `intercept`. */
  fetch(request: Request): Promise<Response>;
  records(appId: string, slug: string): Promise<LiveRecord[]>;
  /** The records as they were pushed. */
  data(appId: string, slug: string): Promise<RecordData[]>;
}

/** A Bridge whose calls are logged and can be intercepted. */
export async function startBridge(): Promise<TestBridge> {
  let aheadMs = 0;
  const bridge = await createTestBridge({ now: () => new Date(Date.now() + aheadMs) });
  const { connect } = await bridge.openOrg();
  const calls: string[] = [];
  const test: TestBridge = {
    calls,
    intercept: () => undefined,
    pass: (seconds) => void (aheadMs += seconds * 1000),
    fetch: async (request) => bridge.fetch(request),
    client: connect(async (input, init) => {
      const request = new Request(input, init);
      const call = await describeCall(request.clone());
      if (call) calls.push(call);
      return (await test.intercept(request.clone())) ?? bridge.fetch(request);
    }),
    connect,
    records: (appId, slug) => Array.fromAsync(test.client.listRecords(appId, slug)),
    data: async (appId, slug) => (await test.records(appId, slug)).map(({ data }) => data),
    [Symbol.asyncDispose]: () => bridge.close(),
  };
  return test;
}

async function describeCall(request: Request): Promise<string | undefined> {
  const path = new URL(request.url).pathname;
  const body = (await request.json().catch(() => ({}))) as { records?: unknown[]; status?: string };
  if (request.method === "PUT" && /\/(receipt|capabilities)\/$/.test(path)) return undefined;
  if (request.method === "PUT") return `push ${path.split("/").at(-2)} ${body.records?.length}`;
  if (request.method === "PATCH" && path.endsWith("/status/")) return `report ${body.status}`;
  if (request.method !== "POST") return undefined;
  const last = path.split("/").at(-2);
  return { sync: "start", complete: "complete", abandon: "abandon" }[last ?? ""];
}
