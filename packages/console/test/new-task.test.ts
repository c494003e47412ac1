import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp } from "./support/seed.ts";

describe.skipIf(browserPath === undefined)("the form of a task", () => {
  let console: Console;
  let appId: string;
  beforeAll(async () => {
    console = await openConsole();
    ({ appId } = await seedApp(console.org.client, "HR EMEA", makeAccounts(12)));
    await console.bridge.whenIndexed();
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test("finds the account by its name, by keyboard alone, without calls that fail", async () => {
    const { page, problems } = await console.open(`/o/main/apps/${appId}/tasks`);
    await page.getByRole("link", { name: "New task" }).press("Enter");
    await page.getByRole("radio", { name: "Suspend account", exact: true }).check();
    await page.getByLabel("Account", { exact: true }).focus();
    await page.keyboard.type("milo b");
    await page.getByRole("list", { name: "Accounts that begin with it" }).getByText("milo.berg1@example.com").waitFor();
    await page.getByLabel("Account", { exact: true }).press("Enter");
    await page.getByText("Milo Berg · milo.berg@example.com").waitFor();
    expect(await page.getByLabel("Account", { exact: true }).inputValue()).toBe("milo.berg");
    await page.getByLabel("Account", { exact: true }).press("Enter");
    await page.getByRole("heading", { name: "Suspend account: Milo Berg", exact: true }).waitFor();
    expect(problems).toEqual([]);
  });

  test("forgets what was to be taken from another account", async () => {
    const { page } = await console.open(`/o/main/apps/${appId}/tasks/new?account=ida.roth`);
    await page.getByRole("button", { name: "Engineering has" }).click();
    await page.getByRole("button", { name: "Engineering will be removed" }).waitFor();
    await page.getByLabel("Account", { exact: true }).fill("omar.diaz");
    await page.getByText("Omar Diaz · omar.diaz@example.com").waitFor();
    await page.getByRole("button", { name: "+ Legal" }).click();
    await page.getByRole("button", { name: "Change account", exact: true }).click();
    await page.getByRole("heading", { name: "Change account: Omar Diaz", exact: true }).waitFor();
    const tasks = await Array.fromAsync(console.org.client.listTasks(appId));
    const changed = tasks.find(({ action }) => action === "update_account");
    expect(changed!.payload.changes).toEqual({ team: { added: [{ id: "t3", name: "Legal" }], removed: [] } });
  });

  test("says that there is no such account", async () => {
    const { page } = await console.open(`/o/main/apps/${appId}/tasks/new`);
    await page.getByLabel("Account", { exact: true }).fill("nobody");
    await page.getByText("The app has no such account.").waitFor();
  });
});
