import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { goTo } from "./support/every-page.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp } from "./support/seed.ts";

const LONG = "Wolfeschlegelsteinhausenbergerdorff".repeat(5);
const ARABIC = "\u0645\u0631\u062D\u0628\u0627";

describe.skipIf(browserPath === undefined)("names of any length and direction", () => {
  let console: Console;
  let appId: string;
  beforeAll(async () => {
    console = await openConsole();
    const accounts = makeAccounts(20);
    Object.assign(accounts[0]!, { first_name: "Idaho", last_name: LONG });
    Object.assign(accounts[8]!, { first_name: ARABIC, last_name: ARABIC, display_name: `${ARABIC} ${ARABIC}` });
    ({ appId } = await seedApp(console.org.client, `HR ${LONG}`, accounts));
    await seedApp(console.org.client, "HR APAC", makeAccounts(20));
    await console.bridge.whenIndexed();
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test.each([
    ["people", "/o/main/people?text=ida", 390, "Ida Roth", 80],
    ["people", "/o/main/people?text=ida", 1440, "ida.roth@example.com", 150],
    ["syncs", "/o/main/changes/syncs", 390, "HR APAC", 80],
    ["apps", "/o/main/apps", 390, "HR APAC", 150],
  ])("one long name leaves room for the rest of the list: %s, %s at %i", async (_, path, windowWidth, shows, least) => {
    const { page, problems } = await console.open("/o/main", { width: windowWidth });
    await goTo(page, { path, shows });
    const shown = page.locator("#content td").filter({ hasText: shows, visible: true }).first();
    // A list may be drawn anew meanwhile.
    const width = async () => (await shown.boundingBox())?.width ?? 0;
    await expect.poll(width).toBeGreaterThanOrEqual(least);
    const heights = await page.locator("tbody tr").evaluateAll((rows) => rows.map((row) => row.clientHeight));
    expect(Math.max(...heights)).toBeLessThan(100);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(windowWidth);
    expect(problems).toEqual([]);
  });

  test("a name from right to left stands where the others do", async () => {
    const { page } = await console.open();
    await goTo(page, { path: `/o/main/apps/${appId}/records/account`, shows: ARABIC });
    const left = (text: string) =>
      page
        .locator("tbody td bdi")
        .filter({ hasText: text })
        .first()
        .evaluate((name) => {
          const range = document.createRange();
          range.selectNodeContents(name);
          return range.getBoundingClientRect().left;
        });
    expect(await left(ARABIC)).toBe(await left("Milo Berg"));
  });

  test("the way to the page is readable beside the name of its app", async () => {
    const { page } = await console.open(`/o/main/apps/${appId}/tasks/new`);
    const crumbs = page.getByRole("navigation", { name: "You are here" }).getByRole("link");
    await page.getByText("What to do").waitFor();
    for (const name of ["Apps", "New task"]) {
      const isCut = await crumbs.filter({ hasText: name }).evaluate((link) => link.scrollWidth > link.clientWidth + 1);
      expect(isCut).toBe(false);
    }
  });
});
