import { createConnection, createHosts } from "@bridgekit/core/run";
import { expect, test } from "vitest";
import { jira } from "../src/index.ts";
import type { JiraClient } from "../src/jira-client.ts";

const SITES = ["11111111-2222-4333-8444-555555555555", "66666666-7777-4888-9999-000000000000"];
const PAUSED = { code: "RATE_LIMITED", message: expect.stringContaining("asked for a pause") as string };

/** Two connections to Atlassian, of which the first is refused at `/myself` for longer than a call waits. */
async function openTwo(...configs: readonly [object, object]) {
  const log: string[] = [];
  const hosts = createHosts();
  const fetch: typeof globalThis.fetch = (url) => {
    const path = new URL(new Request(url).url).pathname;
    const isFirst = log.length === 0;
    log.push(path);
    if (isFirst) return Promise.resolve(Response.json({}, { status: 429, headers: { "retry-after": "7200" } }));
    return Promise.resolve(Response.json(path.endsWith("/instance/license") ? { applications: [] } : {}));
  };
  const clients = configs.map(async (config, index) => {
    const settings = { site: "http://jira.example.com", email: `${index}@example.com`, apiToken: `token-${index}` };
    const all = { ...settings, apiUrl: "http://api.example.com", ...config };
    const connection = await createConnection(jira, all, { fetch, hosts, retry: { retries: 0 } });
    return (connection.client as { jira: JiraClient }).jira;
  });
  const [first, second] = await Promise.all(clients);
  await expect(first!.myself()).rejects.toMatchObject({ code: "RATE_LIMITED" });
  return { log, first: first!, second: second! };
}

test.each([
  ["at its own address", {}],
  ["behind the gateway", { cloudId: SITES[0] }],
])("a limit of a site's endpoint holds for all who call it there, %s", async (_where, config) => {
  const { log, second } = await openTwo(config, config);
  await expect(second.myself()).rejects.toMatchObject(PAUSED);
  expect(await second.applications()).toEqual([]);
  expect(log).toHaveLength(2);
});

test("a limit of one site does not delay another behind the gateway", async () => {
  const { log, first, second } = await openTwo({ cloudId: SITES[0] }, { cloudId: SITES[1] });
  await second.myself();
  await expect(first.myself()).rejects.toMatchObject(PAUSED);
  expect(log).toHaveLength(2);
});
