import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { components } from "@bridgekit/client";
import type { Bridge } from "../src/index.ts";
import { accounts, type Api, createApi } from "./support/api.ts";
import { DATABASES, openBridge } from "./support/open-bridge.ts";

const receipt: components["schemas"]["RunReceipt"] = {
  status: "completed",
  mode: "full",
  started_at: "2026-01-01T00:00:00.000Z",
  ended_at: "2026-01-01T00:00:04.000Z",
  usage: { calls: 14, retries: 1, rate_limited: 1, wait_seconds: 2.5 },
  types: { account: { type: "account", read: 2, pushed: 2, created: 2, updated: 0, duplicates: 0, refs: { team: 4 } } },
  missing: [],
  bad_records: [{ slug: "account", field: "email", reason: "must be a string", count: 1 }],
  versions: { connector: "hr 1.2.0", core: "0.1.0", node: "v24.1.0" },
};

describe.each(DATABASES)("receipts on %s", (kind) => {
  let bridge: Bridge;
  let admin: Api;
  let connector: Api;
  let app: string;
  beforeAll(async () => {
    bridge = await openBridge(kind);
    admin = await createApi(bridge);
    app = await admin.createApp();
    connector = await createApi(bridge, { org: admin.slug, role: "connector", appIds: [app] });
  });
  afterAll(() => bridge.close());

  const put = (syncId: string, body: object, by = connector) =>
    by.call("PUT", `/apps/${app}/sync/${syncId}/receipt/`, body);

  test("a session shows the receipt of its run, also after its end; a list of sessions has none", async () => {
    const session = await connector.sync(app, [["account", accounts(2)]]);
    expect(session.receipt).toBeNull();
    const later = { ...receipt, invented: { by: "a later runner" } };
    expect((await put(session.sync_id, later)).status).toBe(204);
    expect((await connector.session(app, session.sync_id)).receipt).toEqual(later);
    const { sessions } = (await connector.call("GET", `/apps/${app}/sync/`)).body;
    expect(sessions.find(({ sync_id }: { sync_id: string }) => sync_id === session.sync_id)).not.toHaveProperty(
      "receipt",
    );
  });

  test("it is stored once: the same one may be sent again, a different one is refused", async () => {
    const syncId = await connector.start(app);
    const other = { ...receipt, status: "failed" };
    const reordered = Object.fromEntries(Object.entries(receipt).toReversed());
    expect([await put(syncId, receipt), await put(syncId, reordered), await put(syncId, other)]).toMatchObject([
      { status: 204 },
      { status: 204 },
      { status: 409, body: { detail: "The session already has a different receipt." } },
    ]);
    const responses = await Promise.all(
      [receipt, other].map((body) => connector.start(app).then((id) => put(id, body))),
    );
    expect(responses.map(({ status }) => status)).toEqual([204, 204]);
    expect((await connector.session(app, syncId)).receipt).toEqual(receipt);
  });

  test("it has a size limit, belongs to a session of the app, and is not a page", async () => {
    const syncId = await connector.start(app);
    const large = { ...receipt, missing: Array.from({ length: 40 }, () => "é".repeat(1024)) };
    expect(await put(syncId, large)).toMatchObject({
      status: 413,
      body: { detail: expect.stringMatching(/has 8\d{4} bytes; at most 65536/) },
    });
    expect((await put(syncId, { records: [] })).status).toBe(400);
    expect((await put(randomUUID(), receipt)).status).toBe(404);
    const elsewhere = await admin.createApp();
    expect((await put(await admin.start(elsewhere), receipt)).status).toBe(404);
    expect((await admin.session(app, syncId)).receipt).toBeNull();
  });
});
