import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { accounts, createApi } from "./support/api.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

const { bridge, api } = await setUpBridge();

test("a new app checks its configuration and is guarded", async () => {
  const { status, body } = await api.call("POST", "/apps/", { name: "HR", clone_from: null, colour: "ignored" });
  expect(status).toBe(201);
  expect(body).toEqual({
    id: expect.any(String),
    name: "HR",
    configuration_status: "CHECKING_CONFIGURATION",
    created_at: expect.any(String),
    last_synced_at: null,
    removal_guard: { max_share: 0.2, min_count: 10 },
    capabilities: null,
    clone_group: expect.any(String),
  });
  expect((await api.call("GET", `/apps/${body.id}/`)).body).toEqual(body);
});

test("an app is renamed without touching its guard", async () => {
  const app = await api.createApp();
  const { body } = await api.call("PATCH", `/apps/${app}/`, { name: "Payroll" });
  expect(body).toMatchObject({ name: "Payroll", removal_guard: { max_share: 0.2 } });
  expect((await api.call("PATCH", `/apps/${app}/`, {})).status).toBe(400);
  expect((await api.call("PATCH", `/apps/${app}/`, { id: "x" })).status).toBe(400);
});

test("apps are listed oldest first, in pages with absolute links", async () => {
  const lister = await createApi(bridge);
  const ids = [await lister.createApp(), await lister.createApp(), await lister.createApp()];
  const first = await lister.call("GET", "/apps?limit=2&colour=red");
  expect(first.body.apps.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2));
  expect(first.body).toMatchObject({ count: 3, previous: null });
  expect(first.body.next).toContain(`${lister.base}/apps/?limit=2&colour=red&offset=2&cursor=`);
  const second = await lister.call("GET", first.body.next);
  expect(second.body.apps.map(({ id }: { id: string }) => id)).toEqual(ids.slice(2));
  expect(second.body.next).toBeNull();
  expect(second.body.previous).toBe(`${lister.base}/apps/?limit=2&colour=red&offset=0`);
});

test("resource types are listed by slug; a taken slug gets 409", async () => {
  const app = await api.createApp();
  const { body } = await api.call("GET", `/apps/${app}/resource-types/`);
  expect(body.resource_types.map(({ slug }: { slug: string }) => slug)).toEqual(["account", "seat", "team"]);
  const again = await api.call("POST", `/apps/${app}/resource-types/`, {
    slug: "team",
    name: "Other",
    type: "license",
  });
  expect(again.status).toBe(409);
  for (const slug of ["", "Team", "1team", "te am", "t".repeat(64)]) {
    expect((await api.call("POST", `/apps/${app}/resource-types/`, { slug, name: "T", type: "group" })).status).toBe(
      400,
    );
  }
});

test("a clone shares only the resource types of its group", async () => {
  const source = await api.createApp();
  await api.sync(source, [["account", accounts(2)]]);
  const { status, body: clone } = await api.call("POST", "/apps/", { name: "HR APAC", clone_from: source });
  expect(status).toBe(201);
  expect(clone).toMatchObject({ configuration_status: "CHECKING_CONFIGURATION", last_synced_at: null });
  const { body: cloneOfClone } = await api.call("POST", "/apps/", { name: "HR EMEA", clone_from: clone.id });

  await api.call("POST", `/apps/${clone.id}/resource-types/`, { slug: "role", name: "Role", type: "group" });
  for (const app of [source, clone.id, cloneOfClone.id]) {
    const { body } = await api.call("GET", `/apps/${app}/resource-types/`);
    expect(body.resource_types.map(({ slug }: { slug: string }) => slug)).toEqual(["account", "role", "seat", "team"]);
    const again = await api.call("POST", `/apps/${app}/resource-types/`, { slug: "role", name: "Role", type: "group" });
    expect(again.status).toBe(409);
  }

  expect(await api.data(clone.id, "account")).toEqual([]);
  await api.sync(clone.id, [["account", [{ id: "u0", email: "apac@x" }]]]);
  expect(await api.activeIds(source, "account")).toEqual(["u0", "u1"]);
  expect(await api.data(clone.id, "account")).toMatchObject([{ email: "apac@x" }]);
});

test("the apps of a clone group are found by it, also once its first app is gone", async () => {
  const lister = await createApi(bridge);
  const source = await lister.createApp();
  const other = await lister.createApp();
  const create = async (clone_from: string) =>
    (await lister.call("POST", "/apps/", { name: "Clone", clone_from })).body;
  const clone = await create(source);
  const next = await create(clone.id);
  const groupOf = async (app: string) => (await lister.call("GET", `/apps/${app}/`)).body.clone_group;
  expect(new Set([clone.clone_group, next.clone_group, await groupOf(source)]).size).toBe(1);
  expect(await groupOf(other)).not.toBe(clone.clone_group);
  const idsOf = async (query: string) => {
    const { body } = await lister.call("GET", `/apps/?limit=2&clone_group=${query}`);
    const { body: rest } = body.next === null ? { body: { apps: [] } } : await lister.call("GET", body.next);
    return [body.count, ...[...body.apps, ...rest.apps].map(({ id }: { id: string }) => id)];
  };
  expect(await idsOf(clone.clone_group)).toEqual([3, source, clone.id, next.id]);
  const { body: overview } = await lister.call("GET", "/overview/");
  expect(overview.apps.map(({ clone_group }: { clone_group: string }) => clone_group === clone.clone_group)).toEqual([
    true,
    false,
    true,
    true,
  ]);
  const { body: filtered } = await lister.call("GET", `/overview/?clone_group=${clone.clone_group}&limit=1`);
  expect(filtered.apps.map(({ app_id }: { app_id: string }) => app_id)).toEqual([source]);
  const { body: second } = await lister.call("GET", filtered.next);
  expect(second.apps.map(({ app_id }: { app_id: string }) => app_id)).toEqual([clone.id]);
  await lister.call("DELETE", `/apps/${source}/`);
  expect(await idsOf(clone.clone_group)).toEqual([2, clone.id, next.id]);
  expect(await idsOf(randomUUID())).toEqual([0]);
  expect((await lister.call("GET", "/apps/?clone_group=hr")).status).toBe(400);
});

test("a clone_from that is not a uuid gets 400, an unknown one 404", async () => {
  expect((await api.call("POST", "/apps/", { name: "x", clone_from: "nope" })).status).toBe(400);
  expect((await api.call("POST", "/apps/", { name: "x", clone_from: `urn:uuid:${randomUUID()}` })).status).toBe(400);
  expect((await api.call("POST", "/apps/", { name: "x", clone_from: randomUUID() })).status).toBe(404);
});

test("a name has 1 to 255 characters", async () => {
  expect((await api.call("POST", "/apps/", { name: "" })).body.detail).toBe("name: must not be empty");
  expect((await api.call("POST", "/apps/", { name: "x".repeat(256) })).status).toBe(400);
  expect((await api.call("POST", "/apps/", { name: "😀".repeat(255) })).status).toBe(201);
  expect((await api.call("POST", "/apps/", {})).body.detail).toBe("name: is required");
});
