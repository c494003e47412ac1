import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp } from "./support/seed.ts";

describe.skipIf(browserPath === undefined)("a detail beside its list", () => {
  let console: Console;
  let appId: string;
  beforeAll(async () => {
    console = await openConsole();
    ({ appId } = await seedApp(console.org.client, "HR EMEA", makeAccounts(60)));
    await console.org.client.createTask(appId, {
      action: "suspend_account",
      payload: { account: { id: "milo.berg" } },
    });
  });
  afterAll(() => console[Symbol.asyncDispose]());

  const openOf = (page: Page) => new URL(page.url()).searchParams.get("open");

  test("the keyboard opens a record, is led to it, and by Escape back to its row, which stays where it was", async () => {
    const { page, problems } = await console.open(`/o/main/apps/${appId}/records/account?text=tom`);
    const row = page.getByRole("link", { name: "Tom Reed 6", exact: true });
    await row.focus();
    await page.keyboard.press("Enter");
    const detail = page.getByRole("complementary", { name: "Record" });
    await detail.getByRole("heading", { name: "Tom Reed 6" }).waitFor();
    expect(openOf(page)).toBe(`record/${appId}/account/tom.reed6`);
    expect(await detail.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press("Escape");
    await detail.waitFor({ state: "detached" });
    expect(new URL(page.url()).search).toBe("?text=tom");
    expect(await row.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(problems).toEqual([]);
  });

  test("the list keeps its place while details are opened, and the way back goes through them", async () => {
    const { page } = await console.open(`/o/main/apps/${appId}/records/account`);
    const row = page.getByRole("link", { name: "Noor Haddad 4", exact: true });
    await row.scrollIntoViewIfNeeded();
    const scrolled = await page.evaluate(() => scrollY);
    expect(scrolled).toBeGreaterThan(0);
    const place = (await row.boundingBox())?.y;
    await row.click();
    await page.getByRole("heading", { name: "Noor Haddad 4" }).waitFor();
    await page.getByRole("link", { name: "Noor Haddad 5", exact: true }).click();
    await page.getByRole("heading", { name: "Noor Haddad 5" }).waitFor();
    // The filters may have wrapped onto another line; the rows stay where they were all the same.
    expect((await row.boundingBox())?.y).toBe(place);
    await page.goBack();
    await page.getByRole("heading", { name: "Noor Haddad 4" }).waitFor();
    await page.goBack();
    await page.getByRole("complementary", { name: "Record" }).waitFor({ state: "detached" });
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(scrolled);
  });

  test("a sync and a task open beside their lists, and each as a page of its own", async () => {
    const { page, problems } = await console.open(`/o/main/apps/${appId}`);
    await page.getByRole("table", { name: "Syncs" }).getByRole("link").click();
    const sync = page.getByRole("complementary", { name: "Sync" });
    await sync.getByRole("heading", { name: "Changes" }).waitFor();
    await sync.getByRole("link", { name: "Open as page" }).click();
    await page.getByRole("heading", { level: 1, name: /^Sync of/ }).waitFor();
    expect(page.url()).toMatch(/\/syncs\/[\da-f-]+$/);
    await page.goBack();
    await page.getByRole("link", { name: "Tasks", exact: true }).last().click();
    await page.getByRole("link", { name: "Suspend account" }).click();
    await page.getByRole("complementary", { name: "Task" }).getByRole("heading", { name: "Its life" }).waitFor();
    expect(openOf(page)).toMatch(/^task\//);
    expect(problems).toEqual([]);
  });

  test("a link to a detail beside a list opens it for whoever gets it, on a phone as a page", async () => {
    const path = `/o/main/apps/${appId}/records/account?open=record/${appId}/account/ida.roth`;
    const { page } = await console.open(path);
    await page.getByRole("complementary", { name: "Record" }).getByRole("heading", { name: "Ida Roth" }).waitFor();
    expect(await page.getByRole("table", { name: "User" }).count()).toBe(1);
    const { page: phone } = await console.open(path, { width: 390 });
    await phone.getByRole("heading", { level: 1, name: "Ida Roth" }).waitFor();
    expect(new URL(phone.url()).pathname).toBe(`/o/main/apps/${appId}/records/account/record`);
  });

  test("where there is no room a row leads to the page", async () => {
    const { page } = await console.open(`/o/main/apps/${appId}/records/account`, { width: 1000 });
    await page.getByRole("link", { name: "Ida Roth", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Ida Roth" }).waitFor();
    expect(page.url()).toContain("record?id=ida.roth");
  });

  test("Escape closes a dialog that is open over a detail, and not the detail", async () => {
    const { page } = await console.open(`/o/main/apps/${appId}/records/account?open=record/${appId}/account/ida.roth`);
    const detail = page.getByRole("complementary", { name: "Record" });
    await detail.waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("combobox").waitFor({ state: "detached" });
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await detail.count()).toBe(1);
  });
});
