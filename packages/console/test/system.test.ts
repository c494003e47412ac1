import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";

describe.skipIf(browserPath === undefined)("the system page", () => {
  let console: Console;
  beforeAll(async () => {
    console = await openConsole();
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test("versions, database, queue and retention are told", async () => {
    const { page, problems } = await console.open();
    await page.getByRole("link", { name: "System", exact: true }).click();
    await page.getByRole("heading", { name: "Database" }).waitFor();
    const facts = page.locator("#content");
    await facts.getByText("Embedded").waitFor();
    await facts.getByText(process.version).waitFor();
    await facts.getByText("Syncs to be applied").waitFor();
    await facts.getByText("Old data was deleted").waitFor();
    expect(problems).toEqual([]);
  });

  test("what somebody should look at is said in words", async () => {
    const { page } = await console.open();
    await page.route("**/bridge/system/", async (route) => {
      const response = await route.fetch();
      const system = (await response.json()) as { database: Record<string, unknown>; queue: Record<string, unknown> };
      system.database.disk = { free_bytes: 5e9, total_bytes: 100e9 };
      system.queue.reconciliations = { count: 3, count_is_exact: true, oldest_seconds: 300 };
      await route.fulfill({ response, json: system });
    });
    await page.getByRole("link", { name: "System", exact: true }).click();
    await page.getByText("5 GB free of 100 GB (95% used)").waitFor();
    await page.getByText("The disk is nearly full").waitFor();
    await page.getByText("3, the oldest for 5 min 0 s").waitFor();
    await page.getByText("It waits for long").waitFor();
  });
});
