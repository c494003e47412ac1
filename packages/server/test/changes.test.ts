import { describe, expect, test } from "vitest";
import type { components } from "@bridgekit/client";
import { type Api, createApi } from "./support/api.ts";
import { DATABASES } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

type Schemas = components["schemas"];

describe.each(DATABASES)("finding changes on %s", async (kind) => {
  let time = Date.parse("2026-01-01T00:00:00Z");
  const { bridge, api } = await setUpBridge(kind, { now: () => new Date(time) });

  const person = (id: string, display_name: string) => ({ id, email: `${id}@example.com`, display_name });
  const sync = async (app: string, people: object[]) => {
    time += 60_000;
    const session = await api.sync(app, [["account", people]]);
    await bridge.whenIndexed();
    return session;
  };

  /** All pages of a list of changes. */
  async function read<Change>(path: string, by: Api = api): Promise<Change[]> {
    const changes: Change[] = [];
    for (let next: string | null = path; next !== null;) {
      const { status, body }: { status: number; body: { changes: Change[]; next: string | null } } = await by.call(
        "GET",
        next,
      );
      expect(status).toBe(200);
      changes.push(...body.changes);
      next = body.next;
    }
    return changes;
  }
  const names = (changes: readonly Schemas["Change"][]) => changes.map(({ change, id }) => `${change} ${id}`);

  test("a text finds changes by what the record is called, before or after", async () => {
    const app = await api.createApp();
    await sync(app, [person("u1", "Ida Roth"), person("u2", "Idris Berg"), person("u3", "Zoë Blum")]);
    const { sync_id } = await sync(app, [person("u1", "Ida Blum"), person("u3", "Zoë Blum"), person("u4", "Ida Lang")]);
    const find = (query: string) =>
      read<Schemas["Change"]>(`/apps/${app}/sync/${sync_id}/changes/?${query}`).then(names);
    expect(await find("text=ida")).toEqual(["updated u1", "created u4"]);
    expect(await find("text=id&limit=1")).toEqual(["updated u1", "removed u2", "created u4"]);
    expect(await find("text=U2@EXAMPLE")).toEqual(["removed u2"]);
    expect(await find("text=id&change=removed")).toEqual(["removed u2"]);
    expect(await find("text=nobody")).toEqual([]);
  });

  test("a text finds what a held session would create, update and remove", async () => {
    const app = await api.createApp();
    await api.call("PATCH", `/apps/${app}/`, { removal_guard: { max_share: 0.1, min_count: 1 } });
    await sync(app, [person("u1", "Ida Roth"), person("u2", "Idris Berg"), person("u3", "Zoë Blum")]);
    const { sync_id, status } = await sync(app, [person("u3", "Ida Blum"), person("u4", "Ida Lang")]);
    expect(status).toBe("error");
    const find = (query: string) =>
      read<Schemas["Change"]>(`/apps/${app}/sync/${sync_id}/changes/?${query}`).then(names);
    expect(await find("text=ida")).toEqual(["removed u1", "updated u3", "created u4"]);
    expect(await find("text=zo")).toEqual(["updated u3"]);
    expect(await find("text=ida&change=removed")).toEqual(["removed u1"]);
  });

  test("a text finds one of the thousands that a held session would remove, on the first page", async () => {
    const app = await api.createApp();
    const many = Array.from({ length: 3000 }, (_, n) => person(`q${String(n).padStart(5, "0")}`, `Quinn ${n}`));
    const pages = Array.from({ length: 30 }, (_, n) => many.slice(n * 100, n * 100 + 100));
    await api.sync(
      app,
      pages.map((records) => ["account", records]),
    );
    await bridge.whenIndexed();
    const { sync_id } = await sync(app, [person("q00000", "Quinn 0")]);
    const url = `/apps/${app}/sync/${sync_id}/changes/?change=removed&text=quinn+2999`;
    const { body } = await api.call<Schemas["ChangeList"]>("GET", url);
    expect(body).toMatchObject({ changes: [{ id: "q02999" }], next: null });
  });

  test("a text that finds thousands of records reads on through the pages", async () => {
    const app = await api.createApp();
    const many = Array.from({ length: 6000 }, (_, n) => person(`p${String(n).padStart(5, "0")}`, "Pat"));
    const pages = Array.from({ length: 60 }, (_, n) => ["account", many.slice(n * 100, n * 100 + 100)] as const);
    time += 60_000;
    const { sync_id } = await api.sync(
      app,
      pages.map(([slug, records]) => [slug, [...records]]),
    );
    await bridge.whenIndexed();
    const url = `/apps/${app}/sync/${sync_id}/changes/`;
    expect(await read(`${url}?text=pat&limit=100`)).toHaveLength(6000);
    expect(names(await read(`${url}?text=p0599&limit=100`))).toHaveLength(10);
  });

  test("the changes of all apps come newest first, each with its app, session and time", async () => {
    const mine = await createApi(bridge);
    const [hr, it] = [await mine.createApp(), await mine.createApp()];
    const step = async (app: string, people: object[]) => {
      time += 60_000;
      return { ...(await mine.sync(app, [["account", people]])), at: new Date(time).toISOString() };
    };
    const first = await step(hr, [person("u1", "Ida"), person("u2", "Zoë")]);
    const second = await step(it, [person("x1", "Ida")]);
    const third = await step(hr, [person("u1", "Ida")]);
    await step(it, [person("x1", "Ida")]);

    const list = (query = "") => read<Schemas["RecentChange"]>(`/changes/?${query}`, mine);
    expect(await list()).toMatchObject([
      { app_id: hr, app_name: "HR", sync_id: third.sync_id, at: third.at, change: "removed", id: "u2" },
      { app_id: it, sync_id: second.sync_id, at: second.at, change: "created", id: "x1" },
      { app_id: hr, sync_id: first.sync_id, at: first.at, change: "created", id: "u1" },
      { app_id: hr, sync_id: first.sync_id, change: "created", id: "u2" },
    ]);
    expect(names(await list("limit=1"))).toEqual(["removed u2", "created x1", "created u1", "created u2"]);
    expect(names(await list(`app_id=${it}`))).toEqual(["created x1"]);
    expect(names(await list("change=removed"))).toEqual(["removed u2"]);
    expect(names(await list("change=created&slug=account&limit=1"))).toEqual([
      "created x1",
      "created u1",
      "created u2",
    ]);
    expect(names(await list("change=updated"))).toEqual([]);
    await bridge.whenIndexed();
    expect(names(await list("text=ida"))).toEqual(["created x1", "created u1"]);
    expect(names(await list(`since=${second.at}&until=${third.at}`))).toEqual(["created x1"]);
    expect(names(await list("slug=nothing"))).toEqual([]);
  });

  test("sessions that changed nothing, or nothing like it, are passed over", async () => {
    const mine = await createApi(bridge);
    const app = await mine.createApp();
    const [ida, pat, max] = [person("u1", "Ida"), person("u2", "Pat"), person("u3", "Max")];
    for (const people of [
      [ida, pat],
      [ida],
      ...Array.from({ length: 22 }, (_, n) => (n % 2 === 0 ? [ida, max] : [ida, { ...max, last_name: `n${n}` }])),
      ...Array.from({ length: 22 }, () => [ida, max]),
    ]) {
      time += 60_000;
      await mine.sync(app, [["account", people]]);
    }
    const first = async (query: string) =>
      (await mine.call<Schemas["RecentChangeList"]>("GET", `/changes/?${query}`)).body;
    expect(names((await first("limit=2")).changes)).toEqual(["updated u3", "updated u3"]);
    expect(names((await first("change=removed")).changes)).toEqual(["removed u2"]);
    expect(names((await first("change=removed&slug=account")).changes)).toEqual(["removed u2"]);
    expect(await first("slug=nothing")).toEqual({ changes: [], next: null });
  });

  test("sessions without a match do not end the list", async () => {
    const mine = await createApi(bridge);
    const app = await mine.createApp();
    await mine.sync(app, [["account", [person("u0", "Zoë")]]]);
    for (let n = 1; n <= 45; n++) {
      time += 60_000;
      await mine.sync(app, [
        ["account", [person("u0", "Zoë"), ...Array.from({ length: n }, (_, m) => person(`p${m}`, "Pat"))]],
      ]);
    }
    await bridge.whenIndexed();
    expect(names(await read<Schemas["Change"]>("/changes/?text=zo", mine))).toEqual(["created u0"]);
    const { body } = await mine.call<Schemas["RecentChangeList"]>("GET", "/changes/?text=zo");
    expect(body).toMatchObject({ changes: [], next: expect.any(String) });
    expect((await mine.call("GET", "/changes/?cursor=bm9uc2Vuc2U")).status).toBe(400);
  });
});
