import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { signInByLink } from "./support/sign-in-by-link.ts";

describe.skipIf(browserPath === undefined)("people who sign in", () => {
  let console: Console;
  let idaPage: Page;
  beforeAll(async () => {
    console = await openConsole();
    idaPage = await signInByLink(console, { name: "Ida Roth", role: "auditor" });
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test("an auditor reads who signs in and which keys there are, and is offered no change", async () => {
    await idaPage.goto(`${console.url}/o/main/keys`);
    await idaPage.getByRole("row", { name: /Valid/ }).waitFor();
    await idaPage.getByRole("link", { name: "People who sign in" }).click();
    await idaPage.getByRole("row", { name: /Ida Roth.*Auditor.*Enabled/i }).waitFor();
    expect(await idaPage.locator("#content").getByRole("button").count()).toBe(0);
  });

  test("a person is disabled and signed out, enabled, and deleted, each after a question", async () => {
    const { page, problems } = await console.open("/o/main/keys");
    await page.getByRole("link", { name: "People who sign in" }).click();
    await page.getByRole("button", { name: "Disable Ida Roth" }).click();
    await page.getByLabel("Reason (optional)").fill("TICKET-7");
    await page.getByRole("dialog").getByRole("button", { name: "Disable Ida Roth" }).click();
    await page.getByRole("row", { name: /Ida Roth.*Disabled/ }).waitFor();
    await idaPage.reload();
    await idaPage.getByLabel("API key").waitFor();
    const [entry] = await Array.fromAsync(console.org.client.listAudit());
    expect(entry).toMatchObject({ operation: "updateUser", details: { reason: "TICKET-7" } });

    await page.getByRole("button", { name: "Enable Ida Roth" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Enable Ida Roth" }).click();
    await page.getByRole("row", { name: /Ida Roth.*Enabled/ }).waitFor();

    await page.getByRole("button", { name: "Delete Ida Roth" }).click();
    await page.getByText("This can't be undone.").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Delete Ida Roth" }).click();
    await page.getByText("Nobody has signed in yet").waitFor();
    expect(await Array.fromAsync(console.org.client.listUsers())).toEqual([]);
    expect(problems).toEqual([]);
  });

  test("an administrator who tries to disable themselves is refused in words", async () => {
    const page = await signInByLink(console, { name: "Milo Berg", role: "admin" });
    await page.goto(`${console.url}/o/main/keys/users`);
    await page.getByRole("button", { name: "Disable Milo Berg" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Disable Milo Berg" }).click();
    await page.getByRole("alert").getByText("You cannot disable yourself").waitFor();
  });
});
