import { createTestBridge, type TestBridge } from "@bridgekit/server/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runInProcess } from "./support/run-in-process.ts";

let server: TestBridge;
beforeAll(async () => {
  server = await createTestBridge();
});
afterAll(() => server.close());

test("an administrator sets the budget of an hour, and releases what it holds", async () => {
  const org = await server.openOrg();
  const env = { BRIDGE_URL: org.url, BRIDGE_API_KEY: org.apiKey };
  const command = async (...args: string[]) => {
    const { code, stdout, stderr } = await runInProcess(args, { env, fetch: org.fetch });
    return code === 0 ? stdout : `${code} ${stderr}`;
  };
  expect(await command("budget")).toBe(
    "removals by syncs     0 of any number in the last hour\nrevocations by tasks  0 of any number in the last hour\n",
  );
  expect(await command("budget", "set", "--revocations", "0")).toContain("0 of 0 in the last hour");
  expect(JSON.parse(await command("budget", "set", "--removals", "7", "--json"))).toMatchObject({
    removals_per_hour: 7,
    revocations_per_hour: 0,
  });
  expect(await command("budget", "set")).toMatch(/^2 .*Give --removals COUNT/s);
  expect(await command("budget", "set", "--removals", "many")).toContain("or none for no limit");

  const app = await org.client.createApp({ name: "HR" });
  const suspend = () =>
    org.client
      .createTask(app.id, { action: "suspend_account", payload: { account: { id: "u1" } } })
      .then(({ id }) => id);
  await org.client.createResourceType(app.id, { slug: "account", name: "Account", type: "account" });
  const syncId = await org.client.startSync(app.id);
  await org.client.pushPage(app.id, syncId, "account", [{ id: "u1", email: "u1@example.com" }]);
  await org.client.completeSync(app.id, syncId);
  await server.whenReconciled();
  const [one] = [await suspend(), await suspend(), await suspend()];
  expect(await command("tasks", "show", "HR", one)).toContain("held");
  expect(await command("tasks", "release", "HR", one)).toBe("Released 1 task.\n");
  expect(await command("tasks", "release", "HR")).toBe("Released 2 tasks.\n");
  expect(await command("tasks", "release", "HR")).toBe("No such task is held.\n");
  expect(await command("budget", "set", "--removals", "none", "--revocations", "none")).toContain("of any number");
});
