import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp } from "./support/seed.ts";

describe.skipIf(browserPath === undefined)("finding the way", () => {
  let console: Console;
  let appId: string;
  beforeAll(async () => {
    console = await openConsole();
    ({ appId } = await seedApp(console.org.client, "HR EMEA", makeAccounts(170)));
    await console.bridge.whenIndexed();
  });
  afterAll(() => console[Symbol.asyncDispose]());

  const first = (page: Page) => page.locator("tbody .row-target").first();
  const turn = (page: Page, name: string) =>
    page.getByRole("navigation", { name: "Pages of the list" }).getByRole("link", { name });

  test("the pages of a list are turned both ways, also after a row was opened, and by the browser's way back", async () => {
    const { page, problems } = await console.open(`/o/main/apps/${appId}/records/account`);
    const names: string[] = [];
    const see = async (index: number) => {
      await expect.poll(() => page.locator("[aria-busy=true]").count()).toBe(0);
      if (index === names.length) names.push(await first(page).innerText());
      await expect.poll(() => first(page).innerText()).toBe(names[index]);
    };
    await see(0);
    expect(await turn(page, "Previous page").count()).toBe(0);
    for (const index of [1, 2, 3]) {
      const before = names.at(-1);
      await turn(page, "Next page").click();
      await expect.poll(() => first(page).innerText()).not.toBe(before);
      await see(index);
    }
    expect(new Set(names).size).toBe(4);
    await turn(page, "Previous page").click();
    await see(2);
    await first(page).click();
    await page.getByRole("complementary", { name: "Record" }).waitFor();
    await turn(page, "Previous page").click();
    await see(1);
    await page.goBack();
    await see(2);
    await page.goBack();
    await page.goBack();
    await see(3);
    await turn(page, "First page").click();
    await see(0);
    expect(await turn(page, "Previous page").count()).toBe(0);
    expect(problems).toEqual([]);
  });

  test("the palette leads to the list where it has no room for all", async () => {
    const { page, problems } = await console.open();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Search or go to" }).fill("ida.roth");
    await page.getByRole("option", { name: /^Account More accounts that begin with “ida.roth”/ }).click();
    await page.waitForURL(/\/people\?text=ida.roth$/);
    await page.getByRole("row", { name: /Ida Roth 9/ }).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Search or go to" }).fill("engineer");
    await page.getByRole("option", { name: /Engineering/ }).waitFor();
    expect(await page.getByRole("option", { name: /More/ }).count()).toBe(0);
    expect(problems).toEqual([]);
  });

  test("a phone shows five places at most, and the others by a menu, by keyboard too", async () => {
    const { page, problems } = await console.open("/o/main", { width: 390 });
    const places = page.getByRole("navigation", { name: "Places" });
    const shown = places.locator("a, button").filter({ visible: true });
    expect(await shown.allInnerTexts()).toEqual(["Overview", "People", "Apps", "Tasks", "More"]);
    await places.getByRole("button", { name: "More" }).focus();
    await page.keyboard.press("Enter");
    const menu = page.getByRole("menu");
    await menu.waitFor();
    expect(await menu.getByRole("menuitem").allInnerTexts()).toEqual(["Changes", "Fleet", "Audit", "Keys", "System"]);
    const next = async () => {
      await page.keyboard.press("ArrowDown");
      return page.locator(":focus").innerText();
    };
    await expect.poll(next).toBe("Audit");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Audit" }).waitFor();
    await menu.waitFor({ state: "hidden" });
    expect(await places.getByRole("button", { name: "More" }).getAttribute("aria-current")).toBe("page");
    expect(problems).toEqual([]);
  });

  test("apps, syncs and changes are saved as tables", async () => {
    const { page, problems } = await console.open("/o/main/apps");
    const save = async () => {
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Export CSV" }).click(),
      ]);
      return [file.suggestedFilename(), (await readFile(await file.path(), "utf8")).trim().split("\r\n").length];
    };
    expect(await save()).toEqual(["apps.csv", 2]);
    await first(page).click();
    await page.getByText("Complete", { exact: true }).first().waitFor();
    expect(await save()).toEqual(["syncs.csv", 2]);
    await page.getByRole("link", { name: "Changes", exact: true }).click();
    await page.getByRole("link", { name: "Created", exact: true }).click();
    await page.waitForURL(/change=created/);
    expect(await save()).toEqual(["changes.csv", 1 + 170 + 4 + 1]);
    expect(problems).toEqual([]);
  });
});
