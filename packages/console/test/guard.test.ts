import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp, sync } from "./support/seed.ts";
import { signInByLink } from "./support/sign-in-by-link.ts";

describe.skipIf(browserPath === undefined)("the removal guard of an app", () => {
  let console: Console;
  let appId: string;
  beforeAll(async () => {
    console = await openConsole();
    ({ appId } = await seedApp(console.org.client, "HR EMEA", makeAccounts(60)));
    await sync(console.org.client, appId, makeAccounts(55));
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test("it is changed after a preview of what it would have held, with a reason", async () => {
    const { page, problems } = await console.open(`/o/main/apps/${appId}/connector`);
    await page.getByText("20% of a type, or all").waitFor();
    await page.getByRole("button", { name: "Change guard…" }).click();
    await page.getByText("With these, none of the last 2 syncs would have been held.").waitFor();
    await page.getByLabel("Share, in percent").fill("7.5");
    await page.getByLabel("At least").fill("3");
    await page.getByText("With these, 1 of the last 2 syncs would have been held.").waitFor();
    await page.getByText("5 of 60 account records").waitFor();
    await page.getByLabel("At least").fill("0");
    expect(await page.getByRole("button", { name: "Save guard" }).isDisabled()).toBe(true);
    await page.getByLabel("At least").fill("3");
    await page.getByLabel("Reason (optional)").fill("TICKET-7");
    await page.getByRole("button", { name: "Save guard" }).click();
    await page.getByText("7.5% of a type, or all").waitFor();
    const { removal_guard } = await console.org.client.getApp(appId);
    expect(removal_guard).toEqual({ max_share: 0.075, min_count: 3 });
    const [entry] = await Array.fromAsync(console.org.client.listAudit());
    expect(entry).toMatchObject({ operation: "updateApp", details: { reason: "TICKET-7" } });
    expect(problems).toEqual([]);
  });

  test("it is switched off only past a warning", async () => {
    const { page, problems } = await console.open(`/o/main/apps/${appId}/connector`);
    await page.getByRole("button", { name: "Change guard…" }).click();
    await page.getByLabel("The guard is on").uncheck();
    await page.getByText("nobody is asked").waitFor();
    await page.getByRole("button", { name: "Switch the guard off" }).click();
    await page.getByText("Off", { exact: true }).waitFor();
    expect((await console.org.client.getApp(appId)).removal_guard).toBe(null);
    expect(problems).toEqual([]);
  });

  test("who is no administrator sees it and is not offered to change it", async () => {
    const page = await signInByLink(console, { name: "Ida Roth", role: "operator" });
    await page.goto(`${console.url}/o/main/apps/${appId}/connector`);
    await page.getByRole("heading", { name: "Removal guard" }).waitFor();
    expect(await page.getByRole("button", { name: "Change guard…" }).count()).toBe(0);
  });
});
