import { beforeEach, expect, test } from "vitest";
import { announceCapabilities, createMemoryReceipts, runSync, type SyncOptions } from "../src/run.ts";
import { shareBridge } from "./support/share-bridge.ts";
import { accounts, connectWiki, createWikiApp, failingAfter, type WikiOptions } from "./support/wiki.ts";

const bridge = await shareBridge();
let appId: string;
beforeEach(async () => {
  appId = await createWikiApp(bridge);
});

/** A client that logs each call and lets `change` replace the response. */
function watch(change: (request: Request, response: Response) => Response = (_request, response) => response) {
  const calls: string[] = [];
  const client = bridge.connect(async (input, init) => {
    const request = new Request(input, init);
    calls.push(`${request.method} ${new URL(request.url).pathname.split("/").slice(7).join("/")}`);
    return change(request.clone(), await bridge.fetch(request));
  });
  return { client, calls };
}

const withoutExtensions = (_request: Request, response: Response) => {
  const headers = new Headers(response.headers);
  headers.delete("x-bridge-extensions");
  return new Response(response.body, { status: response.status, headers });
};

const sync = async (wiki: WikiOptions, options: Partial<SyncOptions> = {}) =>
  runSync({ bridge: bridge.client, appId, connection: await connectWiki(wiki), ...options });

const lastSession = async () => {
  for await (const { sync_id } of bridge.client.listSyncs(appId)) return bridge.client.getSync(appId, sync_id);
  throw new Error("there is no session");
};

test("a run leaves its receipt with its session, even without a receipt store", async () => {
  await sync({ accounts: () => accounts(3) });
  expect((await lastSession()).receipt).toMatchObject({
    status: "completed",
    mode: "full",
    usage: { calls: 0, retries: 0, rate_limited: 0, wait_seconds: 0 },
    types: { account: { type: "account", read: 3, pushed: 3, created: 3, duplicates: 0, refs: { team: 3 } } },
    missing: [],
    bad_records: [],
    versions: { connector: "wiki", node: process.version },
  });
});

test("the receipt says what was missing or wrong, with the first three records and no values", async () => {
  const bad = [1, 2, 3, 4].map((n) => ({
    id: `bad-${n}`,
    first_name: "secret value",
    email: 7,
    memberships: { team: [{ id: "t1" }] },
  }));
  await sync(
    {
      accounts: () => [...accounts(2), ...bad] as never,
      afterAccounts: (partial) => partial("guests are hidden"),
    },
    { receipts: createMemoryReceipts() },
  );
  const { status, receipt } = await lastSession();
  expect(status).toBe("abandoned");
  expect(receipt).toMatchObject({
    status: "abandoned",
    missing: ["account: guests are hidden"],
    bad_records: [
      { slug: "account", field: "email", reason: expect.any(String), count: 4, ids: ["bad-1", "bad-2", "bad-3"] },
    ],
  });
  expect(JSON.stringify(receipt)).not.toMatch(/secret value|bad-4|credentials|salt|cursor/);
});

test("a failed run leaves its reason", async () => {
  await expect(sync({ accounts: () => failingAfter(1) })).rejects.toThrow("Wiki returned 500");
  expect((await lastSession()).receipt).toMatchObject({
    status: "failed",
    error: { code: "UPSTREAM", message: expect.stringContaining("Wiki returned 500") },
  });
});

test("a receipt that is too long for the Bridge is shortened", async () => {
  const reasons = Array.from({ length: 300 }, (_, n) => `${n} ${"ü".repeat(3_000)}`);
  await sync({ afterAccounts: (partial) => reasons.forEach((reason) => partial(reason)) });
  const { missing } = (await lastSession()).receipt!;
  expect(missing.length).toBeGreaterThan(0);
  expect(Math.max(...missing.map((reason) => reason.length))).toBeLessThanOrEqual(2_000);
});

test("a Bridge without the extension gets no receipt", async () => {
  const { client, calls } = watch(withoutExtensions);
  await sync({}, { bridge: client });
  expect(calls.filter((call) => call.includes("receipt"))).toEqual([]);
  expect(calls.some((call) => call.startsWith("PUT"))).toBe(true);
});

test("a run succeeds even if the Bridge refuses its receipt", async () => {
  const { client, calls } = watch((request, response) =>
    request.url.endsWith("/receipt/") ? Response.json({ detail: "no" }, { status: 400 }) : response,
  );
  expect(await sync({}, { bridge: client })).toMatchObject({ status: "completed" });
  expect(calls.filter((call) => call.includes("receipt"))).toHaveLength(1);
});

test("a Bridge with the extension gets the capabilities of the connector, once", async () => {
  const connection = await connectWiki();
  const { client, calls } = watch();
  await announceCapabilities(client, appId, connection);
  expect((await client.getApp(appId)).capabilities).toEqual({
    connector: "wiki",
    version: null,
    actions: ["suspend_account"],
    grantable: [],
    advice: {},
  });
  await announceCapabilities(client, appId, connection);
  expect(calls.filter((call) => call.startsWith("PUT"))).toHaveLength(1);
});

test("a Bridge without the extension gets no capabilities, and a refusal stops nobody", async () => {
  const connection = await connectWiki();
  const warned: unknown[] = [];
  const logger = { ...connection.logger, warn: (fields: object) => void warned.push(fields) };
  const guide = watch(withoutExtensions);
  await announceCapabilities(guide.client, appId, { ...connection, logger });
  const strict = watch(() => Response.json({ detail: "Nothing is here." }, { status: 404 }));
  await announceCapabilities(strict.client, appId, { ...connection, logger });
  expect([...guide.calls, ...strict.calls].filter((call) => call.startsWith("PUT"))).toEqual([]);
  expect(warned).toEqual([]);

  const broken = watch((request, response) =>
    request.method === "PUT" ? Response.json({ detail: "unknown action" }, { status: 400 }) : response,
  );
  await announceCapabilities(broken.client, appId, { ...connection, logger });
  expect(warned).toMatchObject([{ appId, error: expect.stringContaining("unknown action") }]);
});
