import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp } from "./support/seed.ts";

describe.skipIf(browserPath === undefined)("the console in a browser", () => {
  let console: Console;
  beforeAll(async () => {
    console = await openConsole();
    await seedApp(console.org.client, "HR EMEA", makeAccounts(12));
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test("a key opens the page that the address names, and it shows the apps", async () => {
    const { page, problems } = await console.open("/o/main/apps");
    const row = page.getByRole("row", { name: /HR EMEA/ });
    await row.getByText("In step").waitFor();
    expect(await row.textContent()).toContain("12");
    expect(page.url()).toBe(`${console.url}/o/main/apps`);
    expect(problems).toEqual([]);
  });

  test("a wrong key is refused in words, and nothing is shown", async () => {
    const page = await console.browser.newPage();
    await page.goto(console.url);
    await page.getByLabel("Organisation").fill("main");
    await page.getByLabel("API key").fill("bk_0000000000000000_wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    expect(await page.getByRole("alert").textContent()).toContain("knows no such key");
    expect(await page.getByText("HR EMEA").count()).toBe(0);
  });

  test("a link signs in once; the session outlives a reload, may change things, and ends by signing out", async () => {
    const { token } = await console.bridge.createSignInLink({ org: "main", name: "Ida Roth", role: "admin" });
    const link = `${console.url}/sign-in/link?token=${token}`;
    const context = await console.browser.newContext();
    const page = await context.newPage();
    await page.goto(link);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`${console.url}/o/main`);
    await page.goto(`${console.url}/o/main/apps`);
    await page.getByRole("row", { name: /HR EMEA/ }).waitFor();
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({
      name: expect.stringMatching(/^bridge_session_[0-9a-f]{12}$/),
      httpOnly: true,
      sameSite: "Lax",
    });
    expect(await page.evaluate(() => document.cookie)).toBe("");

    await page.goto(`${console.url}/o/main/keys`);
    await page.getByRole("button", { name: /New key/ }).click();
    await page.getByLabel("Name").fill("HR connector");
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /Create|Make/ })
      .click();
    await page.getByText(/^bk_/).first().waitFor();
    await page.goto(`${console.url}/o/main`);

    await page.getByRole("button", { name: "Your session" }).click();
    await page.getByText("Ida Roth").waitFor();
    await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
    await page.getByLabel("API key").waitFor();
    await page.reload();
    await page.getByLabel("API key").waitFor();
    await page.goto(link);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("was used already").waitFor();
  });

  test("reloading the page forgets the key", async () => {
    const { page } = await console.open("/o/main/apps");
    await page.getByText("HR EMEA").waitFor();
    await page.reload();
    await page.getByLabel("API key").waitFor();
    expect(await page.getByText("HR EMEA").count()).toBe(0);
  });
});
