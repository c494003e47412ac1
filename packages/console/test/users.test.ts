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
    const buttons = await idaPage.locator("#content").getByRole("button").allTextContents();
    expect(buttons).toEqual(["Copy", "CSV", "JSON"]);
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

  test("a sign-in link is shown once, with its end, and signs its person in", async () => {
    const { page, problems } = await console.open("/o/main/keys/users");
    await page.getByRole("button", { name: "New sign-in link…" }).click();
    await page.getByLabel("Name").fill("Noor Haddad");
    await page.getByRole("radio", { name: /Operator/i }).check();
    await page.getByLabel("Reason (optional)").fill("TICKET-7");
    await page.getByRole("button", { name: "Make link" }).click();
    await page.getByText("It works once, until").waitFor();
    const link = (await page.getByRole("dialog").locator("code").textContent()) ?? "";
    await page.getByRole("button", { name: "I have copied it" }).click();
    expect(await page.content()).not.toContain(link);
    const noor = await (await console.browser.newContext()).newPage();
    await noor.goto(link);
    await noor.getByRole("button", { name: "Sign in" }).click();
    await noor.waitForURL(`${console.url}/o/main`);
    await noor.getByRole("button", { name: "Your session" }).click();
    await noor.getByText("Noor Haddad").waitFor();
    await noor.getByText("as an operator").waitFor();
    const entries = await Array.fromAsync(console.org.client.listAudit());
    expect(entries.find(({ operation }) => operation === "createSignInLink")).toMatchObject({
      details: { reason: "TICKET-7" },
    });
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
