import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp } from "./support/seed.ts";

const APPS = 11;

describe.skipIf(browserPath === undefined)("an overview with many decisions", () => {
  let console: Console;
  beforeAll(async () => {
    console = await openConsole();
    const { client } = console.org;
    for (let number = 1; number <= APPS; number++) {
      const { appId } = await seedApp(client, `HR ${number}`, makeAccounts(1));
      const payload = { account: { id: "ida.roth" } };
      const { id } = await client.createTask(appId, { action: "suspend_account", payload });
      const error = { code: "PERMISSION_DENIED", message: "The key may not suspend." } as const;
      await client.reportTask(appId, id, { status: "failed", error });
    }
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test("the most urgent ones are shown, and the others when asked for", async () => {
    const { page, problems } = await console.open();
    const decisions = page.locator("#content").getByText("The key may not suspend.");
    const more = page.getByRole("button", { name: "Show 3 more" });
    await more.waitFor();
    expect(await decisions.count()).toBe(8);
    await more.click();
    await more.waitFor({ state: "detached" });
    expect(await decisions.count()).toBe(APPS);
    expect(problems).toEqual([]);
  });
});
