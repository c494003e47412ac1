import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp } from "./support/seed.ts";
import { signInByLink } from "./support/sign-in-by-link.ts";

describe.skipIf(browserPath === undefined)("the session of a person", () => {
  let console: Console;
  let appId: string;
  beforeAll(async () => {
    console = await openConsole();
    ({ appId } = await seedApp(console.org.client, "HR EMEA", makeAccounts(4)));
  });
  afterAll(() => console[Symbol.asyncDispose]());

  /** Signs in once more in another tab of the same browser. */
  async function signInBeside(page: Page): Promise<Page> {
    const { token } = await console.bridge.createSignInLink({ org: "main", name: "Ida Roth", role: "operator" });
    const other = await page.context().newPage();
    await other.goto(`${console.url}/sign-in/link?token=${token}`);
    await other.getByRole("button", { name: "Sign in" }).click();
    await other.waitForURL(`${console.url}/o/main`);
    return other;
  }

  test("it expires in the middle of work; what was typed is kept, and goes on once one signed in in another tab", async () => {
    const page = await signInByLink(console, { name: "Ida Roth", role: "operator" });
    await page.goto(`${console.url}/o/main/apps/${appId}/tasks/new?account=ida.roth`);
    await page.getByRole("radio", { name: "Suspend account", exact: true }).check();
    await page.getByLabel("Reason (optional)").fill("TICKET-7");
    await page.context().clearCookies();
    await page.getByRole("button", { name: "Suspend account" }).click();
    const dialog = page.getByRole("dialog", { name: "Sign in again" });
    await dialog.getByText("this one goes on").waitFor();
    await signInBeside(page);
    await dialog.waitFor({ state: "hidden" });
    expect(await page.getByLabel("Reason (optional)").inputValue()).toBe("TICKET-7");
    await page.getByRole("button", { name: "Suspend account" }).click();
    await page.getByText("Its life").waitFor();
    await page.getByText("Reason: TICKET-7").waitFor();
  });

  test("it is not kept alive by what a page reads by itself, once nobody has used it for a minute", async () => {
    const page = await signInByLink(console, { name: "Ida Roth", role: "admin" });
    await page.clock.install();
    await page.goto(`${console.url}/o/main/system`);
    await page.getByRole("heading", { name: "System", exact: true }).waitFor();
    const readAgain = async () => {
      const isRead = page.waitForRequest((request) => request.url().endsWith("/system/"));
      await page.clock.runFor(15_000);
      return (await isRead).headers()["x-bridge-unattended"];
    };
    expect(await readAgain()).toBeUndefined();
    await page.clock.runFor(60_000);
    expect(await readAgain()).toBe("true");
    await page.keyboard.press("Tab");
    expect(await readAgain()).toBeUndefined();
  });

  test("signing out in one tab is noticed by the other, which shows nothing any more", async () => {
    const page = await signInByLink(console, { name: "Milo Berg", role: "auditor" });
    await page.goto(`${console.url}/o/main/apps`);
    const other = await page.context().newPage();
    await other.goto(`${console.url}/o/main/apps`);
    await other.getByRole("row", { name: /HR EMEA/ }).waitFor();
    await page.getByRole("button", { name: "Your session" }).click();
    await page.getByRole("menuitem", { name: "Sign out everywhere" }).click();
    await page.getByLabel("API key").waitFor();
    await other.getByLabel("API key").waitFor();
    expect(await other.getByText("HR EMEA").count()).toBe(0);
    await signInBeside(page);
    await other.getByRole("row", { name: /HR EMEA/ }).waitFor();
  });

  test("a tab that was signed in by a key keeps its own session", async () => {
    const { page } = await console.open("/o/main/apps");
    const other = await signInBeside(page);
    await other.getByRole("button", { name: "Your session" }).click();
    await other.getByRole("menuitem", { name: "Sign out", exact: true }).click();
    await other.getByLabel("API key").waitFor();
    await page.getByRole("link", { name: "Tasks", exact: true }).first().click();
    await page.getByRole("heading", { name: "Tasks" }).waitFor();
  });
});
