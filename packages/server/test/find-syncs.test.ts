import type { components } from "@bridgekit/client";
import { beforeAll, describe, expect, test } from "vitest";
import { accounts, createApi } from "./support/api.ts";
import { DATABASES } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

type Page = components["schemas"]["AppSyncList"];

describe.each(DATABASES)("the syncs of all apps on %s", async (kind) => {
  let time = Date.parse("2026-01-01T00:00:00Z");
  const { bridge, api } = await setUpBridge(kind, { now: () => new Date((time += 1000)) });
  let one: string;
  let other: string;
  /** The last started first. */
  const started: string[] = [];
  beforeAll(async () => {
    one = await api.createApp();
    other = await api.createApp();
    for (const app of [one, other, one, other, one]) {
      await api.sync(app, [["account", accounts(2)]]);
      const { body } = await api.call("GET", `/apps/${app}/sync/?limit=1`);
      started.unshift(body.sessions[0].sync_id);
    }
    started.unshift((await api.call("POST", `/apps/${other}/sync/`)).body.sync_id);
    const foreign = await createApi(bridge);
    await foreign.sync(await foreign.createApp(), [["account", accounts(1)]]);
  });

  async function list(query: string): Promise<Page> {
    const { status, body } = await api.call<Page>("GET", query.startsWith("http") ? query : `/syncs/${query}`);
    expect(status).toBe(200);
    return body;
  }
  const ids = ({ sessions }: Page) => sessions.map(({ session }) => session.sync_id);

  test("are listed with their app, the last started first, page by page", async () => {
    const page = await list("");
    expect(ids(page)).toEqual(started);
    expect(page.next).toBeNull();
    expect(page.sessions.map(({ app_id }) => app_id)).toEqual([other, one, other, one, other, one]);
    const [, { session } = {}] = page.sessions;
    expect(session).toEqual((await api.call("GET", `/apps/${one}/sync/?limit=1`)).body.sessions[0]);
    const seen: string[] = [];
    for (let next: string | null = "?limit=4"; next !== null;) {
      const read: Page = await list(next);
      seen.push(...ids(read));
      next = read.next;
    }
    expect(seen).toEqual(started);
  });

  test("are filtered by app, status and time", async () => {
    expect(ids(await list(`?app_id=${one}`))).toEqual([1, 3, 5].map((index) => started[index]));
    expect(ids(await list("?status=in_progress"))).toEqual(started.slice(0, 1));
    expect(ids(await list("?status=completed&limit=2"))).toEqual(started.slice(1, 3));
    const at = (await list("")).sessions[2]!.session.started_at!;
    expect(ids(await list(`?since=${at}`))).toEqual(started.slice(0, 3));
    expect(ids(await list(`?until=${at}&status=completed`))).toEqual(started.slice(3));
    expect((await api.call("GET", "/syncs/?cursor=x")).status).toBe(400);
  });

  test("are exported as a table, or as they are listed", async () => {
    await api.call("PATCH", `/apps/${one}/`, { name: "=HR" });
    const read = async (query: string) => {
      const headers = { authorization: `Api-Key ${api.key}` };
      const response = await bridge.fetch(new Request(`${api.base}/syncs/export/${query}`, { headers }));
      expect(response.status).toBe(200);
      return response.text();
    };
    const table = (await read("?status=completed")).split("\r\n");
    expect(table[0]).toMatch(/app_id,app,sync_id,status,/);
    expect(table.slice(1, -1).map((row) => row.split(",")[2])).toEqual(started.slice(1));
    expect(table[1]).toContain(`${one},'=HR,`);
    const lines = (await read("?format=json")).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual((await list("")).sessions);
  });
});
