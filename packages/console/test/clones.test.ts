import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp } from "./support/seed.ts";

describe.skipIf(browserPath === undefined)("apps that share resource types", () => {
  let console: Console;
  beforeAll(async () => {
    console = await openConsole();
    const { client } = console.org;
    await seedApp(client, "HR EMEA", makeAccounts(4));
    const { appId } = await seedApp(client, "Jira – Engineering", makeAccounts(8));
    for (const name of ["Jira – Legal", "Jira – Finance", "Jira – Sales", "Jira – Support"])
      await client.createApp({ name, clone_from: appId });
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test("name each other, and the list of apps shows the group, by a link that can be sent", async () => {
    const { page, problems } = await console.open("/o/main/apps");
    const rows = page.getByRole("table", { name: "Apps" }).getByRole("row");
    await expect.poll(() => rows.count()).toBe(7);
    await page.getByLabel("Clone group").selectOption("Jira – Engineering and 4 clones");
    await page.waitForURL(/clone_group=/);
    await expect.poll(() => rows.count()).toBe(6);
    expect(await page.getByRole("link", { name: "HR EMEA" }).count()).toBe(0);
    await page.getByRole("link", { name: "Jira – Legal" }).click();
    await page.getByRole("heading", { name: "Jira – Legal" }).waitFor();
    await page.getByText("shares resource types with Jira – Engineering, Jira – Finance, Jira – Sales and").waitFor();
    await page.getByRole("link", { name: "1 more app" }).click();
    await page.waitForURL(/apps\/?\?clone_group=/);
    await expect.poll(() => rows.count()).toBe(6);
    await page.getByRole("link", { name: "Jira – Support" }).click();
    await page.getByRole("link", { name: "Jira – Finance" }).click();
    await page.getByRole("heading", { name: "Jira – Finance" }).waitFor();
    expect(problems).toEqual([]);
  });

  test("are not named where there are none", async () => {
    const { page } = await console.open("/o/main/apps");
    await page.getByRole("link", { name: "HR EMEA" }).click();
    await page.getByText("In step as of").waitFor();
    expect(await page.getByText("shares resource types").count()).toBe(0);
  });
});
