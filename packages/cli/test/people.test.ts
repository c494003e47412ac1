import { createClient, type BridgeClient } from "@bridgekit/client";
import { createBridge, type Bridge } from "@bridgekit/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runInProcess } from "./support/run-in-process.ts";

const BASE = "http://bridge.example.com/org/main";
let server: Bridge;
let bridge: BridgeClient;
let env: NodeJS.ProcessEnv;
const fetch: typeof globalThis.fetch = async (input, init) => server.fetch(new Request(input, init));
const bridgekit = (...args: string[]) => runInProcess(args, { env, fetch });

beforeAll(async () => {
  server = await createBridge({ database: { kind: "pglite" } });
  await server.createOrg("main");
  const { key } = await server.createKey({ org: "main", name: "test", role: "admin" });
  env = { BRIDGE_URL: BASE, BRIDGE_API_KEY: key };
  bridge = createClient({ baseUrl: BASE, apiKey: key, fetch });
  for (const name of ["HR", "Wiki"]) {
    const { id } = await bridge.createApp({ name });
    await bridge.createResourceType(id, { slug: "person", name: "Person", type: "account" });
    const syncId = await bridge.startSync(id);
    await bridge.pushPage(id, syncId, "person", [
      { id: "u1", email: "ada@example.com" },
      { id: "u2", email: "bob@example.com" },
    ]);
    await bridge.completeSync(id, syncId);
  }
  await server.whenReconciled();
});
afterAll(() => server.close());

test("a person is shown first, erased with --yes, and has a receipt", async () => {
  const shown = await bridgekit("person", "erase", "Ada@Example.com");
  expect(shown.code).toBe(0);
  expect(shown.stdout).toMatch(/person {2,}u1 {2,}yes\n/);
  expect(shown.stdout).toMatch(/^records {2,}2$/m);
  expect(shown.stderr).toContain("2 of the accounts were still in the system");
  expect(shown.stderr).toContain("Nothing was erased; use --yes to erase it for good.");
  expect(await Array.fromAsync(bridge.listErasures())).toEqual([]);

  const erased = await bridgekit("people", "erase", "ada@example.com", "--yes");
  expect(erased.stdout).toMatch(/^digest key, shown once {2,}[0-9a-f]{64}$/m);
  const [, receipt] = /^receipt +(\S+)/m.exec(erased.stdout)!;
  const listed = await bridgekit("people", "receipts");
  expect(listed.stdout).toContain(receipt);
  expect(listed.stdout).not.toContain("ada");
});

test("a single account is erased by its id and type", async () => {
  const { stdout } = await bridgekit("people", "erase", "u2", "--app", "HR", "--yes", "--json");
  expect(JSON.parse(stdout)).toMatchObject({ accounts: 1, active_accounts: 1, counts: { records: 1 } });
  const again = await bridgekit("people", "erase", "bob@example.com", "--json");
  expect(JSON.parse(again.stdout)).toMatchObject({ accounts: [{ id: "u2" }], counts: { records: 1 } });
});

test("a person who is neither an email nor an account is refused, and so is a type without an app", async () => {
  expect(await bridgekit("people", "erase", "u2")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("give its app with --app"),
  });
  expect((await bridgekit("people", "erase", "a@example.com", "--type", "person")).code).toBe(2);
});
