import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditPage } from "./support/audit-page.ts";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp } from "./support/seed.ts";

describe.skipIf(browserPath === undefined)("erasing a person", () => {
  let console: Console;
  let appId: string;
  beforeAll(async () => {
    console = await openConsole();
    ({ appId } = await seedApp(console.org.client, "HR EMEA", makeAccounts(8)));
    await seedApp(console.org.client, "HR APAC", makeAccounts(8));
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test("they are erased in all apps, by who types their email, and the receipt proves it", async () => {
    const { client } = console.org;
    const path = `/o/main/apps/${appId}/records/account/record?id=ida.roth`;
    const task = await client.createTask(appId, {
      action: "suspend_account",
      payload: { account: { id: "ida.roth" } },
    });
    const { page, problems } = await console.open(path);
    await page.getByRole("button", { name: "Erase person…" }).click();
    const accounts = page.getByRole("list", { name: "Accounts that are erased" });
    await accounts.getByText("HR APAC").waitFor();
    await page.getByText("A task has not ended").waitFor();
    await client.cancelTask(appId, task.id);
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();

    await page.getByRole("button", { name: "Erase person…" }).click();
    await page.getByRole("radio", { name: "This account alone" }).check();
    await expect.poll(() => accounts.getByRole("listitem").count()).toBe(1);
    await page.getByRole("radio", { name: /Every account/ }).check();
    await expect.poll(() => accounts.getByRole("listitem").count()).toBe(2);
    await page.getByText("2 accounts are still in the system").waitFor();
    const erase = page.getByRole("button", { name: "Erase for good" });
    expect(await erase.isDisabled()).toBe(true);
    await page.getByLabel("Type ida.roth@example.com to go on").fill("ida.roth@example.com");
    await page.getByLabel("Reason (optional)").fill("TICKET-7");
    await erase.click();
    await page.getByText("The person is erased").waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download receipt" }).click(),
    ]);
    const receipt = JSON.parse(await readFile(await download.path(), "utf8")) as Record<string, string>;
    const digest = createHmac("sha256", receipt.digest_key!).update("ida.roth@example.com").digest("hex");
    expect(receipt).toMatchObject({ digest, accounts: 2, active_accounts: 2 });
    await page.getByRole("button", { name: "I have kept it" }).click();
    expect(await page.content()).not.toContain(receipt.digest_key);
    await expect(client.getRecord(appId, "account", "ida.roth")).rejects.toThrow();
    await page.goto(`${console.url}/o/main/audit/erasures`);
    await page.getByLabel("API key").fill(console.org.apiKey);
    await page.getByRole("button", { name: "Sign in" }).click();
    const row = page.getByRole("row", { name: /An email, in all apps test 2 / });
    await row.getByRole("link").focus();
    await page.keyboard.press("Enter");
    const opened = page.getByRole("dialog", { name: "Receipt of an erasure" });
    await opened.getByText("TICKET-7").waitFor();
    await opened.getByText(receipt.digest!).waitFor();
    expect(await auditPage(page)).toEqual([]);
    expect(page.url()).toContain(`receipt=${receipt.id}`);
    expect(await page.content()).not.toContain("ida.roth");
    await opened.getByRole("link", { name: "See the audit trail" }).click();
    await page.getByRole("row", { name: /Erase person/ }).waitFor();
    const entries = await Array.fromAsync(client.listAudit());
    expect(entries.find(({ operation }) => operation === "erasePerson")).toMatchObject({
      details: { reason: "TICKET-7" },
    });
    // The page goes on to look for who is gone.
    expect(problems.filter((problem) => !problem.includes("404"))).toEqual([]);
  });
});
