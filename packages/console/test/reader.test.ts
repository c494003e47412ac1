import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp } from "./support/seed.ts";
import { signInByLink } from "./support/sign-in-by-link.ts";

describe.skipIf(browserPath === undefined)("a reader's own settings", () => {
  let console: Console;
  let appId: string;
  beforeAll(async () => {
    console = await openConsole();
    ({ appId } = await seedApp(console.org.client, "HR EMEA", makeAccounts(4)));
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test("numbers and durations have the digits of their language, everywhere in a table", async () => {
    const context = await console.browser.newContext({ locale: "ar-EG" });
    const page = await context.newPage();
    await page.goto(`${console.url}/o/main/apps/${appId}`);
    await page.getByLabel("API key").fill(console.org.apiKey);
    await page.getByRole("button", { name: "Sign in" }).click();
    const rows = page.getByRole("table", { name: "Syncs" }).locator("tbody tr");
    await rows.first().waitFor();
    const cells = await rows.getByRole("cell").allInnerTexts();
    expect(cells.filter((text) => /\d/.test(text))).toEqual([]);
    expect(cells.at(-1)).toMatch(/^[٠-٩٫]+ s$/);
  });

  test("where the system sets the colours, the current tab still differs from the others", async () => {
    const { page } = await console.open(`/o/main/apps/${appId}/tasks`);
    await page.emulateMedia({ forcedColors: "active" });
    const tabs = page.getByRole("navigation", { name: "Parts of HR EMEA" });
    const looks = async (name: string) =>
      tabs.getByRole("link", { name }).evaluate((link) => getComputedStyle(link).backgroundColor);
    expect(await looks("Tasks")).not.toBe(await looks("Syncs"));
  });

  test("a dark theme is printed dark on white", async () => {
    const { page } = await console.open(`/o/main/apps/${appId}/records/account/why?id=ida.roth`);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await ground()).toBe("rgb(255, 255, 255)");
    await page.evaluate(() => (document.documentElement.dataset.theme = "dark"));
    expect(await ground()).toBe("rgb(255, 255, 255)");
  });

  test("who signs out while the Bridge can't be reached is told that they are still signed in", async () => {
    const page = await signInByLink(console, { name: "Ida Roth", role: "admin" });
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    await page.route("**/sign-in/out", (route) => route.abort());
    await page.getByRole("button", { name: "Your session" }).click();
    await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
    await page.getByText("You are still signed in").waitFor();
    await page.unroute("**/sign-in/out");
    await page.getByRole("button", { name: "Your session" }).click();
    await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
    await page.getByLabel("API key").waitFor();
  });
});
