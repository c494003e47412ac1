import { createClient, type BridgeClient } from "@bridgekit/client";
import { hr } from "@bridgekit/connector-hr";
import { silentLogger } from "@bridgekit/core/run";
import { expect, test } from "vitest";
import { createDirectory } from "../src/apps/app-directory.ts";
import { connectApp, openApp } from "../src/apps/open-apps.ts";
import { configSchema } from "../src/config/config-schema.ts";
import { createRedaction } from "../src/output/redaction.ts";

const APP = "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11";
const options = { shown: "bridge.config.ts", loggerOf: () => silentLogger, redaction: createRedaction((text) => text) };
const config = { url: "http://odoo.example.com", apiKey: "odoo" };

/** A Bridge that supports only the published calls, and a log of the calls. */
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

async function open(client: BridgeClient, app: object) {
  const { apps } = configSchema.parse({ apps: { emea: { connector: hr({ system: "odoo" }), config, ...app } } });
  return openApp(await connectApp(["emea", apps["emea"]!], options), client, createDirectory(client, apps));
}

test("an app with an id is opened on a Bridge without our extensions", async () => {
  const { client, calls } = publishedBridge();
  expect((await open(client, { id: APP })).appId).toBe(APP);
  expect(calls).toEqual([
    `GET /apps/${APP}/resource-types/`,
    ...Object.keys(hr({ system: "odoo" }).resourceTypes).map(() => `POST /apps/${APP}/resource-types/`),
    // Whether it accepts the capabilities.
    `GET /apps/${APP}/`,
  ]);
});

test("an app without an id is refused there, with advice", async () => {
  const { client } = publishedBridge();
  await expect(open(client, {})).rejects.toThrow(
    "apps.emea: this Bridge does not list its apps; create the app there and set apps.emea.id.",
  );
});
