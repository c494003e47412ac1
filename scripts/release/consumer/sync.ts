import assert from "node:assert/strict";
import { createClient, type BridgeClient } from "@bridgekit/client";
import { hr } from "@bridgekit/connector-hr";
import { createOdooSandbox } from "@bridgekit/connector-hr/sandbox";
import { defineConnector } from "@bridgekit/core";
import { createConnection, registerResourceTypes, runSync, type Connection } from "@bridgekit/core/run";
import { createBridge } from "@bridgekit/server";
import { z } from "zod";

// What a user of the published packages does first: a Bridge in memory, a connector of their own, and one of ours.
const wiki = defineConnector({
  name: "wiki",
  title: "Wiki",
  config: z.object({ url: z.url(), token: z.string().meta({ secret: true }) }),
  resourceTypes: { space: { type: "group", name: "Space" }, account: { type: "account", name: "User" } },
  connect: (config) => ({ host: new URL(config.url).hostname }),
  check: async ({ client }) => [{ name: client.host, isOk: true }],
  sync: ({ client }) => ({
    async *space() {
      yield { id: "handbook", name: "Handbook" };
    },
    async *account() {
      for (const name of ["ada", "grace"])
        yield { id: name, email: `${name}@${client.host}`, memberships: { space: [{ id: "handbook" }] } };
    },
  }),
});

async function syncedAccounts(client: BridgeClient, name: string, connection: Connection): Promise<string[]> {
  const app = await client.createApp({ name });
  await registerResourceTypes(client, app.id, connection.connector);
  const { status } = await runSync({ bridge: client, appId: app.id, connection, reconciliationTimeoutSeconds: 120 });
  assert.equal(status, "completed");
  const emails: string[] = [];
  for await (const { removed_at, data } of client.listRecords(app.id, "account"))
    if (removed_at === null) emails.push(String(data.email));
  return emails.sort();
}

const bridge = await createBridge({ database: { kind: "pglite" } });
try {
  await bridge.createOrg("example");
  const { key } = await bridge.createKey({ org: "example", name: "consumer", role: "admin" });
  const client = createClient({
    baseUrl: "http://bridge.example.com/org/example",
    apiKey: key,
    fetch: async (input, init) => bridge.fetch(new Request(input, init)),
  });

  const own = await createConnection(wiki, { url: "http://example.com", token: "wiki-token" });
  assert.deepEqual(await syncedAccounts(client, "Wiki", own), ["ada@example.com", "grace@example.com"]);

  const odoo = createOdooSandbox({ apiKey: "odoo-key", seed: { employees: 30 } });
  const settings = { url: "http://odoo.example.com", apiKey: "odoo-key" };
  const ours = await createConnection(hr({ system: "odoo" }), settings, { fetch: odoo.fetch });
  assert.equal((await syncedAccounts(client, "HR", ours)).length, odoo.internalUsers().length);
} finally {
  await bridge.close();
}
