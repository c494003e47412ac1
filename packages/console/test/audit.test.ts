import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp } from "./support/seed.ts";

describe.skipIf(browserPath === undefined)("the audit trail", () => {
  let console: Console;
  let appId: string;
  beforeAll(async () => {
    console = await openConsole();
    const { client } = console.org;
    ({ appId } = await seedApp(client, "HR EMEA", makeAccounts(4)));
    await client.updateApp(appId, { removal_guard: { max_share: 0.1, min_count: 7 } });
    await client.createKey({ name: "=cmd()", role: "connector" });
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test("it is searched and filtered by the address, with before and after of each field", async () => {
    const { page, problems } = await console.open("/o/main/audit");
    await page.getByLabel("Operation", { exact: true }).selectOption("Update app");
    await page.waitForURL(/operation=updateApp/);
    const row = page.getByRole("row", { name: /Update app/ });
    await expect.poll(() => page.getByRole("row").count()).toBe(2);
    const change = row.getByRole("listitem").filter({ hasText: "removal_guard.min_count" });
    expect(await change.locator("del").textContent()).toBe("10");
    expect(await change.locator("ins").textContent()).toBe("7");
    await page.goBack();
    await page.getByLabel("A name, an operation, a reason or a request id").fill("createKey");
    await page.getByText("=cmd()").waitFor();
    await expect.poll(() => page.getByRole("row").count()).toBe(3);
    await page.getByLabel("To", { exact: true }).fill("2020-01-01");
    await page.getByText("No entry fits the filter.").waitFor();
    expect(new URL(page.url()).searchParams.get("to")).toBe("2020-01-01");
    expect(problems).toEqual([]);
  });

  test("what is filtered is exported as a table and as JSON, and nothing in it is a formula", async () => {
    const { page } = await console.open("/o/main/audit?operation=createKey");
    await page.getByText("=cmd()").waitFor();
    const save = async (name: string) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
      return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
    };
    const csv = await save("Export CSV");
    expect(csv.name).toBe("audit.csv");
    expect(csv.text.trim().split("\r\n")).toHaveLength(3);
    expect(csv.text).toContain("createKey");
    const json = await save("Export JSON");
    expect(json.name).toBe("audit.ndjson");
    expect(JSON.parse(json.text.split("\n")[0]!)).toMatchObject({ operation: "createKey" });
    await page.goto(page.url().replace(/audit.*/, "keys"));
    await page.getByLabel("API key").fill(console.org.apiKey);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("=cmd()").waitFor();
    expect((await save("Export CSV")).text).toContain("'=cmd()");
  });

  test("the list is copied as a table", async () => {
    const { page } = await console.open("/o/main/audit?operation=updateApp");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByText("removal_guard.min_count").waitFor();
    await page.getByRole("button", { name: "Copy the list" }).click();
    await page.getByText("Copied as a table.").waitFor();
    const [head = "", row = "", ...rest] = (await page.evaluate(() => navigator.clipboard.readText()))
      .trim()
      .split("\n");
    expect(head.split("\t")).toContain("operation");
    expect(row.split("\t")).toHaveLength(head.split("\t").length);
    expect(row).toContain("updateApp");
    expect(rest).toEqual([]);
  });

  test("new entries are offered, and come when they are asked for", async () => {
    const { page } = await console.open("/o/main/audit?operation=createTask");
    await page.getByText("No entry fits the filter.").waitFor();
    await console.org.client.createTask(appId, { action: "suspend_account", payload: { account: { id: "ida.roth" } } });
    const offer = page.getByRole("button", { name: "1 new" });
    await offer.waitFor();
    await page.getByText("No entry fits the filter.").waitFor();
    await offer.click();
    await page.getByRole("row", { name: /Create task/ }).waitFor();
    await offer.waitFor({ state: "hidden" });
  });
});
