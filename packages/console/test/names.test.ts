import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp, sync } from "./support/seed.ts";

describe.skipIf(browserPath === undefined)("names in place of ids", () => {
  let console: Console;
  let appId: string;
  beforeAll(async () => {
    console = await openConsole();
    const { client } = console.org;
    // Some systems send refs without a name.
    const accounts = makeAccounts(4);
    for (const account of accounts) account.memberships = { team: [{ id: "t0" }] };
    ({ appId } = await seedApp(client, "HR EMEA", accounts));
    accounts.find(({ id }) => id === "milo.berg")!.memberships = { team: [{ id: "t3" }] };
    await sync(client, appId, accounts);
    await client.createTask(appId, {
      action: "update_account",
      payload: { account: { id: "milo.berg" }, changes: { team: { added: [{ id: "t1" }], removed: [{ id: "t3" }] } } },
    });
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test("changes name the groups that were lost and gained, and their type", async () => {
    const { page } = await console.open("/o/main/changes?change=updated");
    const row = page.getByRole("row", { name: /Milo Berg/ });
    await row.getByText("Legal").filter({ visible: true }).waitFor();
    expect(await row.innerText()).toMatch(/Team\s+Engineering/);
    expect(await row.innerText()).not.toMatch(/t0|t3|team/);
  });

  test("a task names its account and its groups, in lists, its heading and the way to it", async () => {
    const { page } = await console.open("/o/main/tasks");
    await page.getByRole("row", { name: /Milo Berg.*\+ Support, − Legal/ }).waitFor();
    await page.goto(`${console.url}/o/main/apps/${appId}/tasks`);
    await page.getByLabel("API key").fill(console.org.apiKey);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "Change account" }).click();
    await page.getByRole("link", { name: "Open as page" }).click();
    await page.getByRole("heading", { name: "Change account: Milo Berg", exact: true }).waitFor();
    expect(await page.title()).toBe("Change account: Milo Berg · Bridgekit");
    const crumbs = page.getByRole("navigation", { name: "You are here" });
    expect((await crumbs.innerText()).split("\n")).toEqual(["Apps", "HR EMEA", "Change account: Milo Berg"]);
    await page.getByText("+ Support, − Legal").waitFor();
    await page.getByRole("link", { name: "Milo Berg", exact: true }).click();
    await crumbs.getByRole("link", { name: "Milo Berg" }).waitFor();
  });

  test("a preview of what is tried again names them as well", async () => {
    const { client } = console.org;
    const tasks = await Array.fromAsync(client.listTasks(appId));
    const error = { code: "TIMEOUT" as const, message: "The system took too long." };
    await client.reportTask(appId, tasks[0]!.id, { status: "failed", error });
    const { page } = await console.open(`/o/main/apps/${appId}/tasks`);
    await page.getByRole("checkbox", { name: "Select: Change account, Milo Berg" }).check();
    await page.getByRole("button", { name: "Try 1 again…" }).click();
    await page.getByRole("dialog").getByText("Milo Berg milo.berg · + Support, − Legal").waitFor();
  });
});
