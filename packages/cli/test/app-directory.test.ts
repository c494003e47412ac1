import { createTestBridge, type TestBridge } from "@bridgekit/server/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDirectory } from "../src/apps/app-directory.ts";

const connector = { resourceTypes: {}, sync: {} } as never;
const app = (more: object = {}) => ({ connector, config: {}, ...more });
let core: TestBridge;
beforeAll(async () => {
  core = await createTestBridge();
});
afterAll(() => core.close());

/** A client of a new organisation; `isDelivered` decides whether the response to a call arrives. */
async function openOrg(name: string, isDelivered: (request: Request) => boolean = () => true) {
  const org = await core.openOrg({ name });
  return org.connect(async (input, init) => {
    const request = new Request(input, init);
    const response = await org.fetch(request.clone());
    if (!isDelivered(request)) throw new TypeError("socket hang up");
    return response;
  });
}

test("an app and its clone opened concurrently are created once each", async () => {
  const bridge = await openOrg("clones");
  const directory = createDirectory(bridge, { apac: app({ cloneFrom: "emea" }), emea: app() });
  const ids = await Promise.all([directory.find("apac"), directory.find("emea"), directory.find("apac")]);
  expect(ids[2]).toBe(ids[0]);
  const names = (await Array.fromAsync(bridge.listApps())).map(({ name }) => name);
  expect(names.toSorted()).toEqual(["apac", "emea"]);
});

test("an app whose creation got no response is found by the next try", async () => {
  let posts = 0;
  const bridge = await openOrg("lost", ({ method }) => method !== "POST" || ++posts > 1);
  const directory = createDirectory(bridge, { emea: app() });
  await expect(directory.find("emea")).rejects.toThrow("could not be reached");
  const id = await directory.find("emea");
  expect((await Array.fromAsync(bridge.listApps())).map((app) => app.id)).toEqual([id]);
});

test("two keys of the config for the same app are refused", async () => {
  const bridge = await openOrg("same");
  const { id } = await bridge.createApp({ name: "HR" });
  const directory = createDirectory(bridge, { byName: app({ name: "HR" }), byId: app({ id }) });
  await directory.find("byName");
  await expect(directory.find("byId")).rejects.toThrow("apps.byId and apps.byName feed the same app on the Bridge");
});

test("an app that was deleted on the Bridge is not created again, until there is another with its name", async () => {
  const bridge = await openOrg("deleted");
  const directory = createDirectory(bridge, { emea: app({ name: "EMEA" }) });
  const id = await directory.find("emea");
  await bridge.deleteApp(id);
  const gone = `apps.emea: the Bridge no longer has its app "EMEA" (${id})`;
  await expect(directory.findInPlaceOf(id, "emea")).rejects.toThrow(gone);
  await expect(directory.find("emea")).rejects.toThrow(gone);
  // Nor by another process, which knows under which id it was fed.
  await expect(createDirectory(bridge, { emea: app({ name: "EMEA" }) }).find("emea", id)).rejects.toThrow(gone);
  const other = await bridge.createApp({ name: "EMEA" });
  expect(await directory.find("emea")).toBe(other.id);
  expect(await Array.fromAsync(bridge.listApps())).toHaveLength(1);
});

test("an app that was deleted is created again once a person has said so to all processes", async () => {
  const bridge = await openOrg("again");
  const [one, other] = [1, 2].map(() => createDirectory(bridge, { emea: app() }));
  const id = await one!.find("emea", null);
  expect(await other!.find("emea", id)).toBe(id);
  await bridge.deleteApp(id);
  await expect(one!.findInPlaceOf(id, "emea")).rejects.toThrow("no longer has its app");
  const again = await one!.find("emea", null);
  expect(again).not.toBe(id);
  expect(await other!.find("emea", null)).toBe(again);
});

test("an app that another process has found anew is found by the id that it gives", async () => {
  const bridge = await openOrg("anew");
  const directory = createDirectory(bridge, { emea: app() });
  const id = await directory.find("emea");
  await bridge.deleteApp(id);
  const other = await bridge.createApp({ name: "emea" });
  expect(await directory.find("emea", other.id)).toBe(other.id);
});

test("an app that was renamed, on the Bridge or in the config, stays the same app", async () => {
  const bridge = await openOrg("renamed");
  const { id } = await bridge.createApp({ name: "EMEA" });
  expect(await createDirectory(bridge, { emea: app({ name: "Europe" }) }).find("emea", id)).toBe(id);
  const other = await bridge.createApp({ name: "Europe" });
  expect(await createDirectory(bridge, { emea: app({ name: "Europe" }) }).find("emea", id)).toBe(other.id);
});

test("of two apps with one name the one is fed that was fed before", async () => {
  const bridge = await openOrg("ambiguous");
  const [, { id }] = [await bridge.createApp({ name: "emea" }), await bridge.createApp({ name: "emea" })];
  expect(await createDirectory(bridge, { emea: app() }).find("emea", id)).toBe(id);
});

test("two processes that open an app and its clone at once create each once", async () => {
  const bridge = await openOrg("two-processes");
  const apps = { apac: app({ cloneFrom: "emea" }), emea: app() };
  const [one, other] = [1, 2].map(() => createDirectory(bridge, apps, { hasOthers: true }));
  const [source, clone] = await Promise.allSettled([one!.find("emea"), other!.find("apac")]);
  expect(source.status).toBe("fulfilled");
  expect(clone).toMatchObject({ reason: { message: expect.stringContaining("waits for apps.emea") } });
  await other!.find("apac");
  const names = (await Array.fromAsync(bridge.listApps())).map(({ name }) => name);
  expect(names.toSorted()).toEqual(["apac", "emea"]);
});
