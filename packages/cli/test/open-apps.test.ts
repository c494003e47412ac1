import { createClient } from "@bridgekit/client";
import { hr } from "@bridgekit/connector-hr";
import { silentLogger } from "@bridgekit/core";
import { expect, test } from "vitest";
import { openApps } from "../src/apps/open-apps.ts";
import { configSchema } from "../src/config/config-schema.ts";
import { createRedaction } from "../src/output/redaction.ts";

const APP = "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11";
const options = { loggerOf: () => silentLogger, redaction: createRedaction() };
const config = { url: "http://odoo.example.com", apiKey: "odoo" };

/** A Bridge that knows the published calls only, and what it was asked. */
function publishedBridge() {
  const calls: string[] = [];
  const client = createClient({
    baseUrl: "http://bridge.example.com/org/acme",
    apiKey: "key",
    async fetch(input, init) {
      const { method, url } = new Request(input, init);
      const path = new URL(url).pathname.replace("/org/acme/api/v1/bridge", "");
      calls.push(`${method} ${path}`);
      if (method === "POST" && path === `/apps/${APP}/resource-types/`)
        return Response.json({ detail: "The slug exists already." }, { status: 409 });
      return Response.json({ detail: "Method not allowed." }, { status: 405 });
    },
  });
  return { client, calls };
}

test("an app whose id is given is opened on a Bridge without our extensions", async () => {
  const { client, calls } = publishedBridge();
  const loaded = {
    ...configSchema.parse({ apps: { emea: { connector: hr({ system: "odoo" }), id: APP, config } } }),
    shown: "bridge.config.ts",
  };
  const apps = await openApps(loaded, [], client, options);
  expect(apps.map(({ appId }) => appId)).toEqual([APP]);
  expect(calls).toEqual([
    `GET /apps/${APP}/resource-types/`,
    ...Object.keys(hr({ system: "odoo" }).resourceTypes).map(() => `POST /apps/${APP}/resource-types/`),
  ]);
});

test("an app without an id is refused there, with what to do", async () => {
  const { client } = publishedBridge();
  const loaded = {
    ...configSchema.parse({ apps: { emea: { connector: hr({ system: "odoo" }), config } } }),
    shown: "bridge.config.ts",
  };
  await expect(openApps(loaded, [], client, options)).rejects.toThrow(
    "apps.emea: this Bridge does not list its apps; create the app there and give its id.",
  );
});
