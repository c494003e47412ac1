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
