import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { openProxy } from "./support/open-proxy.ts";
import { makeAccounts, seedApp, sync } from "./support/seed.ts";

describe.skipIf(browserPath === undefined)("two Bridges at one host", () => {
  let one: Console;
  let other: Console;
  let appId: string;
  beforeAll(async () => {
    one = await openConsole();
    other = await openConsole();
    await seedApp(one.org.client, "HR EMEA", makeAccounts(4));
    ({ appId } = await seedApp(other.org.client, "Wiki", makeAccounts(4)));
  });
  afterAll(async () => {
    await one[Symbol.asyncDispose]();
    await other[Symbol.asyncDispose]();
  });

  async function signIn(context: BrowserContext, { bridge }: Console, base: string, name: string): Promise<Page> {
    const { token } = await bridge.createSignInLink({ org: "main", name, role: "admin" });
    const page = await context.newPage();
    await page.goto(`${base}/sign-in/link?token=${token}`);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`${base}/o/main`);
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    return page;
  }

  /** Signs in to both, reloads both, and signs out of one. */
  async function signInToBoth(base: string, otherBase: string): Promise<void> {
    const context = await one.browser.newContext();
    const page = await signIn(context, one, base, "Ida Roth");
    const otherPage = await signIn(context, other, otherBase, "Omar Diaz");
    await page.reload();
    await page.getByRole("row", { name: /HR EMEA/ }).waitFor();
    await otherPage.reload();
    await otherPage.getByRole("row", { name: /Wiki/ }).waitFor();
    await page.getByRole("button", { name: "Your session" }).click();
    await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
    await page.getByLabel("API key").waitFor();
    await otherPage.reload();
    await otherPage.getByRole("row", { name: /Wiki/ }).waitFor();
    await otherPage.getByRole("button", { name: "Your session" }).click();
    await otherPage.getByText("Omar Diaz").waitFor();
    await context.close();
  }

  test("on two ports keep a session each", async () => {
    await signInToBoth(one.url, other.url);
  });

  test("below two paths of a proxy keep a session each, and each hears its own events", async () => {
    await using proxy = await openProxy({ "/a": one.url, "/b": other.url });
    await signInToBoth(`${proxy.url}/a`, `${proxy.url}/b`);
    const context = await one.browser.newContext();
    // The first tab would read the events of both.
    await signIn(context, one, `${proxy.url}/a`, "Ida Roth");
    const page = await signIn(context, other, `${proxy.url}/b`, "Omar Diaz");
    await page.goto(`${proxy.url}/b/o/main/changes/syncs`);
    await page.getByRole("row", { name: /Wiki/ }).waitFor();
    await sync(other.org.client, appId, makeAccounts(4));
    await page.getByRole("button", { name: /new/ }).waitFor();
    expect(await page.getByRole("row", { name: /Wiki/ }).count()).toBe(1);
    await context.close();
  });
});
