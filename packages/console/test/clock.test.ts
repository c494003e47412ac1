import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp } from "./support/seed.ts";

const HOUR_MS = 3_600_000;

describe.skipIf(browserPath === undefined)("a computer whose clock is wrong", () => {
  let console: Console;
  let appId: string;
  beforeAll(async () => {
    console = await openConsole();
    ({ appId } = await seedApp(console.org.client, "HR EMEA", makeAccounts(4)));
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test.each([-5, 5])("by %i hours shows times by the clock of the Bridge", async (hours) => {
    const context = await console.browser.newContext();
    const page = await context.newPage();
    await page.clock.install({ time: Date.now() + hours * HOUR_MS });
    await page.goto(`${console.url}/o/main/apps/${appId}`);
    await page.getByLabel("API key").fill(console.org.apiKey);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("row", { name: /just now.*Complete/ }).waitFor();
    expect(await page.getByText(/5 h/).count()).toBe(0);
  });
});
