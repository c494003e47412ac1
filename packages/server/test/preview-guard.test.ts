import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { components } from "@bridgekit/client";
import type { Bridge } from "../src/index.ts";
import { accounts, type Api, createApi } from "./support/api.ts";
import { DATABASES, openBridge } from "./support/open-bridge.ts";

type GuardPreview = components["schemas"]["GuardPreview"];

describe.each(DATABASES)("a preview of the removal guard on %s", (kind) => {
  let bridge: Bridge;
  let api: Api;
  beforeAll(async () => {
    bridge = await openBridge(kind);
    api = await createApi(bridge);
  });
  afterAll(() => bridge.close());

  async function preview(app: string, max_share: number, min_count: number): Promise<GuardPreview> {
    const { status, body } = await api.call("POST", `/apps/${app}/guard/preview/`, { max_share, min_count });
    expect(status).toBe(200);
    return body;
  }

  test("judges the last complete sessions by other settings, also those that were held", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(50)]]);
    const small = await api.sync(app, [["account", accounts(45)]]);
    await api.sync(app, [["account", accounts(3)]], "abandon");
    const held = await api.sync(app, [["account", accounts(30)]]);
    await api.call("POST", `/apps/${app}/sync/${held.sync_id}/discard/`);
    const loss = (live: number, lost: number) => [{ slug: "account", of: "records", live, lost }];
    expect(await preview(app, 0.2, 10)).toEqual({
      examined: 3,
      held: [{ sync_id: held.sync_id, started_at: held.started_at, was_held: true, losses: loss(45, 15) }],
    });
    expect(await preview(app, 0.05, 2)).toMatchObject({
      held: [
        { sync_id: held.sync_id, losses: loss(45, 15) },
        { sync_id: small.sync_id, was_held: false, losses: loss(50, 5) },
      ],
    });
    expect(await preview(app, 0.9, 10)).toEqual({ examined: 3, held: [] });
  });

  test("changes nothing, and is in no audit trail", async () => {
    const app = await api.createApp();
    await preview(app, 1, 1);
    expect((await api.call("GET", `/apps/${app}/`)).body.removal_guard).toEqual({ max_share: 0.2, min_count: 10 });
    const { body } = await api.call("GET", `/audit/?app_id=${app}`);
    expect(body.entries.map(({ operation }: { operation: string }) => operation)).not.toContain("previewGuard");
  });
});
