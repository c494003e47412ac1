import { createClient } from "@bridgekit/client";
import { createTestBridge } from "@bridgekit/server/testing";
import { expect, test } from "vitest";
import { runInProcess } from "./support/run-in-process.ts";
import { shared, writeOfficeConfig } from "./support/write-config.ts";

test("a runner needs only a connector's key for its own apps, from its first run on", async () => {
  await using bridge = await createTestBridge();
  await bridge.createOrg("main");
  const { key: adminKey } = await bridge.createKey({ org: "main", name: "admin", role: "admin" });
  const { key } = await bridge.createKey({ org: "main", name: "runner", role: "connector", appIds: [] });
  const fetch: typeof globalThis.fetch = async (input, init) => bridge.fetch(new Request(input, init));
  const baseUrl = "http://bridge.example.com/org/main";
  const admin = createClient({ baseUrl, apiKey: adminKey, fetch });
  await admin.createApp({ name: "not the runner's" });

  const suspended: string[] = [];
  shared.office = {
    accounts: () => Array.from({ length: 20 }, (_, n) => ({ id: `u${n}`, email: `u${n}@example.com` })),
    suspend: async (id) => void suspended.push(id),
  };
  const config = await writeOfficeConfig({});
  const bridgekit = (...args: string[]) =>
    runInProcess([...args, "--config", config], { env: { BRIDGE_URL: baseUrl, BRIDGE_API_KEY: key }, fetch });
  for (const command of ["doctor", "check", "sync", "plan", "sync"])
    expect(await bridgekit(command), command).toMatchObject({ code: 0 });
  const { id } = (await Array.fromAsync(admin.listApps())).find(({ name }) => name === "office")!;
  expect((await admin.getApp(id)).capabilities).toMatchObject({ connector: "office", actions: ["suspend_account"] });
  const order = { action: "reset_password", payload: { account: { id: "u3" } } } as const;
  await expect(admin.createTask(id, order)).rejects.toThrow("does not offer reset_password; it offers suspend_account");
  const [session] = await Array.fromAsync(admin.listSyncs(id));
  const shown = await bridgekit("sessions", "show", id, session!.sync_id);
  expect(shown.stdout).toMatch(/\ncalls +0 \(0 retries, 0 rate-limited, 0 s waited\)\n/);
  expect((await bridgekit("apps", "show", id)).stdout).toMatch(/\nactions +suspend_account\n/);
  await admin.createTask(id, { action: "suspend_account", payload: { account: { id: "u3" } } });
  expect(await bridgekit("tasks")).toMatchObject({ code: 0 });
  expect(suspended).toEqual(["u3"]);

  shared.office.accounts = () => [];
  const plan = await bridgekit("plan", "--json");
  expect(JSON.parse(plan.stdout)).toMatchObject({ comparedWith: "live records", types: [{ removed: 20 }] });
});
