import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp } from "./support/seed.ts";

describe.skipIf(browserPath === undefined)("the palette", () => {
  let console: Console;
  let appId: string;
  let taskId: string;
  beforeAll(async () => {
    console = await openConsole();
    const { client } = console.org;
    ({ appId } = await seedApp(client, "HR EMEA", makeAccounts(8)));
    const task = await client.createTask(appId, {
      action: "suspend_account",
      payload: { account: { id: "milo.berg" } },
    });
    taskId = task.id;
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test("it finds groups, licenses, tasks and actions, by keyboard alone", async () => {
    const { page, problems } = await console.open();
    const go = async (text: string, option: RegExp, heading: RegExp) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Search or go to" }).and(page.locator(":focus")).waitFor();
      await page.keyboard.type(text);
      await page.getByRole("option", { name: option, selected: true }).waitFor();
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: heading }).waitFor();
    };
    await go("engineer", /^Group Engineering HR EMEA/, /^Engineering$/);
    await go("pro", /^License Pro/, /^Pro$/);
    await go(taskId.slice(0, 12), /^Task Suspend account: Milo Berg/, /^Suspend account: Milo Berg$/);
    await go("new task in hr", /^Action New task in HR EMEA/, /^New task$/);
    expect(problems).toEqual([]);
  });

  test("it leads from the tasks that it shows to the list of all that the text finds", async () => {
    const { client } = console.org;
    for (let count = 0; count < 7; count++)
      await client.createTask(appId, { action: "suspend_account", payload: { account: { id: "lena.vogt" } } });
    const { page } = await console.open();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Search or go to" }).fill("lena");
    await page.getByRole("option", { name: "Task More tasks of “lena”" }).click();
    await page.waitForURL("**/o/main/tasks?text=lena");
    await expect.poll(() => page.getByRole("row", { name: /Suspend account/ }).count()).toBe(7);
    await page.getByRole("searchbox", { name: "Account or id begins with" }).fill("milo");
    await page.waitForURL("**/o/main/tasks?text=milo");
    await page.getByRole("row", { name: /milo\.berg/ }).waitFor();
    expect(await page.getByRole("row", { name: /lena\.vogt/ }).count()).toBe(0);
    await page.getByRole("searchbox").fill("nobody");
    await page.getByText("No task fits the filter.").waitFor();
  });

  test("an auditor is offered no action that changes something", async () => {
    const { key } = await console.org.client.createKey({ name: "audit", role: "auditor" });
    const { page } = await console.open("/o/main", { key });
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Search or go to" }).fill("new");
    await page.getByText("Nothing begins with that.").waitFor();
    expect(await page.getByRole("option").count()).toBe(0);
  });
});
