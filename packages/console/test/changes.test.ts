import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp, sync } from "./support/seed.ts";

describe.skipIf(browserPath === undefined)("the changes of all apps", () => {
  let console: Console;
  let emea: string;
  let apac: string;
  beforeAll(async () => {
    console = await openConsole();
    ({ appId: emea } = await seedApp(console.org.client, "HR EMEA", makeAccounts(30)));
    ({ appId: apac } = await seedApp(console.org.client, "HR APAC", makeAccounts(20)));
    await sync(console.org.client, emea, makeAccounts(28));
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test("who lost access today, and why: found by filters that the address keeps", async () => {
    const { page, problems } = await console.open();
    await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Changes" }).click();
    await page
      .getByRole("row", { name: /Created.*HR APAC/ })
      .first()
      .waitFor();
    await page.getByRole("link", { name: "Removed", exact: true }).click();
    await page.waitForURL(/change=removed/);
    await expect.poll(() => page.getByRole("row").count()).toBe(3);
    await page.getByLabel("App", { exact: true }).selectOption("HR APAC");
    await page.getByText("No change fits the filter.").waitFor();
    await page.getByLabel("App", { exact: true }).selectOption("HR EMEA");
    await page.getByLabel("Resource type").selectOption("User");
    await page.keyboard.press("/");
    await page.keyboard.type("omar.diaz3");
    await page.waitForURL(/text=omar/);
    await expect.poll(() => page.getByRole("row").count()).toBe(2);
    await page.getByLabel("to", { exact: true }).fill("2020-01-01");
    await page.getByText("No change fits the filter.").waitFor();
    await page.goBack();
    await page.getByRole("row", { name: /Removed.*Omar Diaz 3.*HR EMEA/ }).waitFor();
    await page.getByRole("link", { name: "Why?" }).click();
    await page.getByRole("heading", { name: /^Why Omar Diaz 3/ }).waitFor();
    expect(problems).toEqual([]);
  });

  test("each change leads to its record and its sync, beside the list", async () => {
    const { page, problems } = await console.open(`/o/main/changes?app_id=${emea}&change=removed`);
    await page.getByRole("link", { name: "Sync", exact: true }).first().click();
    await page.getByRole("complementary", { name: "Sync" }).getByText("HR EMEA").first().waitFor();
    await page.getByRole("link", { name: "Omar Diaz 3", exact: true }).first().click();
    await page.getByRole("complementary", { name: "Record" }).getByRole("heading", { name: "Omar Diaz 3" }).waitFor();
    expect(problems).toEqual([]);
  });

  test("a sync that ends meanwhile is offered, and its changes are not pushed in", async () => {
    const { page } = await console.open("/o/main/changes?change=removed");
    await expect.poll(() => page.getByRole("row").count()).toBe(3);
    await sync(console.org.client, apac, makeAccounts(19));
    const offer = page.getByRole("button", { name: /new$/ });
    await offer.waitFor();
    expect(await page.getByRole("row").count()).toBe(3);
    await offer.click();
    await page.getByRole("row", { name: /HR APAC/ }).waitFor();
  });

  test("the syncs of all apps are listed, filtered and saved as a table", async () => {
    const { page, problems } = await console.open("/o/main/changes/syncs");
    await page
      .getByRole("row", { name: /HR EMEA.*Complete/ })
      .first()
      .waitFor();
    await page
      .getByRole("row", { name: /HR APAC/ })
      .first()
      .getByRole("link")
      .click();
    await page
      .getByRole("complementary", { name: "Sync" })
      .getByRole("heading", { name: /^Sync of/ })
      .waitFor();
    await page.goBack();
    await page.getByLabel("App", { exact: true }).selectOption("HR APAC");
    await page.getByLabel("State", { exact: true }).selectOption("Complete");
    await page.waitForURL(/status=completed/);
    await expect.poll(() => page.getByRole("row", { name: /HR EMEA/ }).count()).toBe(0);
    const shown = (await page.getByRole("row").count()) - 1;
    expect(shown).toBeGreaterThan(0);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export CSV" }).click();
    const table = await readFile(await (await download).path(), "utf8");
    expect(table.trim().split("\r\n").slice(1)).toHaveLength(shown);
    await page.getByLabel("State", { exact: true }).selectOption("Applying");
    await page.getByText("No sync fits the filter.").waitFor();
    expect(problems).toEqual([]);
  });

  // The last one: its changes would be among those that the others count.
  test("a page on which nothing fits says that the next one looks further", async () => {
    const { client } = console.org;
    const { appId } = await seedApp(client, "Payroll", makeAccounts(3));
    for (let count = 1; count <= 22; count++) await sync(client, appId, makeAccounts(3 + (count % 2)));
    const { page } = await console.open(`/o/main/changes?app_id=${appId}&text=ida.roth`);
    await page.getByText("Nothing that was looked at fits the filter. The next page looks further.").waitFor();
    await page.getByRole("link", { name: "Next" }).click();
    await page.getByRole("row", { name: /Created.*Payroll/ }).waitFor();
  });
});
