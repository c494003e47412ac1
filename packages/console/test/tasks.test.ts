import type { TaskCreate, TaskReport } from "@bridgekit/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp, sync } from "./support/seed.ts";

const DENIED: TaskReport = {
  status: "failed",
  error: { code: "PERMISSION_DENIED", message: "The integration user may not do that." },
};
const TIMED_OUT: TaskReport = { status: "failed", error: { code: "TIMEOUT", message: "The system did not respond." } };
const DONE: TaskReport = { status: "completed", result: {} };

const suspend = (id: string): TaskCreate => ({ action: "suspend_account", payload: { account: { id } } });
const rename = (id: string): TaskCreate => ({
  action: "update_account",
  payload: { account: { id, first_name: "Renamed" } },
});

describe.skipIf(browserPath === undefined)("many tasks at once", () => {
  let console: Console;
  beforeAll(async () => {
    console = await openConsole();
  });
  afterAll(() => console[Symbol.asyncDispose]());

  /** An app with these tasks; each with a report has ended. */
  async function seedTasks(name: string, tasks: readonly (readonly [TaskCreate, TaskReport?])[]): Promise<string> {
    const { client } = console.org;
    const { appId } = await seedApp(client, name, makeAccounts(40));
    for (const [task, report] of tasks) {
      const { id } = await client.createTask(appId, task);
      if (report) await client.reportTask(appId, id, report);
    }
    return appId;
  }

  const countTasks = async (appId: string, state: "pending" | "cancelled") =>
    (await Array.fromAsync(console.org.client.findTasks({ appId, state }))).length;

  test("what was read back of an account ends the life of its task, and is part of the proof of a removal", async () => {
    const { client } = console.org;
    const { appId } = await seedApp(client, "Read back", makeAccounts(9));
    const { id } = await client.createTask(appId, suspend("ida.roth1"));
    const verified = { at: new Date().toISOString(), exists: true, status: "suspended" };
    await client.reportTask(appId, id, { status: "completed", result: { verified } });
    await sync(client, appId, makeAccounts(8));
    const { page, problems } = await console.open(`/o/main/apps/${appId}/tasks/${id}`);
    const steps = page.getByRole("listitem").filter({ hasText: /Created|Done, as reported|Read back: suspended|Seen/ });
    await expect.poll(() => steps.allInnerTexts()).toHaveLength(4);
    expect((await steps.allInnerTexts()).map((text) => text.replace(/^.*\n/, ""))[2]).toBe("Read back: suspended");
    const { page: proof } = await console.open(`/o/main/apps/${appId}/records/account/why?id=ida.roth1`);
    await proof.getByText("Read back: suspended").waitFor();
    const { page: account } = await console.open(`/o/main/apps/${appId}/records/account/record?id=ida.roth1`);
    await account.getByText("read back: suspended", { exact: true }).waitFor();
    expect(problems).toEqual([]);
  });

  test("Space selects rows, over the pages of the list, and what is selected is cancelled with a reason", async () => {
    const appId = await seedTasks(
      "Payroll",
      makeAccounts(8).map(({ id }): readonly [TaskCreate, TaskReport?] => [
        suspend(id),
        id === "tom.reed" ? DONE : undefined,
      ]),
    );
    const { page, problems } = await console.open(`/o/main/apps/${appId}/tasks`);
    await page.locator("tbody .row-target").first().focus();
    await page.keyboard.press("Space");
    await page.getByText("1 selected").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await page.getByText("2 selected").waitFor();
    await page.keyboard.press("Space");
    await page.getByText("1 selected").waitFor();
    await page.getByRole("checkbox", { name: "Select all rows of this page" }).check();
    await page.getByText("8 selected").waitFor();
    await page.getByRole("checkbox", { name: /Select: Suspend account, Milo Berg$/ }).uncheck();
    await page.getByRole("button", { name: "Undo 1…" }).waitFor();
    await page.getByRole("button", { name: "Cancel 6…" }).click();
    await page.getByLabel("Reason (optional)").fill("TICKET-7");
    await page.getByRole("button", { name: "Cancel 6 tasks" }).click();
    await page.getByText("6 tasks cancelled.").waitFor();
    await page.getByText("selected", { exact: false }).waitFor({ state: "hidden" });
    expect(await countTasks(appId, "cancelled")).toBe(6);
    expect(await countTasks(appId, "pending")).toBe(1);
    const [entry] = await Array.fromAsync(console.org.client.listAudit());
    expect(entry).toMatchObject({ operation: "cancelTasks", details: { reason: "TICKET-7" } });
    expect(problems).toEqual([]);
  });

  test("failed tasks are filtered by their cause, and those that are selected are tried again", async () => {
    const appId = await seedTasks("Wiki", [
      [suspend("ida.roth"), DENIED],
      [suspend("milo.berg"), DENIED],
      [suspend("noor.haddad"), TIMED_OUT],
    ]);
    const { page, problems } = await console.open(`/o/main/apps/${appId}/tasks?state=failed`);
    await page.getByLabel("Cause").selectOption("Timed out");
    await page.waitForURL(/code=TIMEOUT/);
    await page.getByText("The system did not respond.").waitFor();
    await expect.poll(() => page.getByRole("row").count()).toBe(2);
    await page.getByLabel("Cause").selectOption("Permission denied");
    await expect.poll(() => page.getByRole("row").count()).toBe(3);
    await page.getByRole("checkbox", { name: "Select all rows of this page" }).check();
    await page.getByRole("button", { name: "Try 2 again…" }).click();
    await page.getByRole("list", { name: "Tasks that are made" }).getByText("milo.berg").waitFor();
    await page.getByRole("button", { name: "Try 2 again", exact: true }).click();
    await page.getByText("2 tasks made").waitFor();
    await page.getByRole("status").getByRole("link", { name: "See tasks" }).click();
    await page.getByText("Pending").first().waitFor();
    expect(problems).toEqual([]);
  });

  test("a selection over several apps is undone, and what can't be undone is said", async () => {
    const one = await seedTasks("HR EMEA", [
      [suspend("ida.roth"), DONE],
      [rename("milo.berg"), DONE],
    ]);
    const other = await seedTasks("HR APAC", [[suspend("noor.haddad"), DONE]]);
    const { page, problems } = await console.open("/o/main/tasks?state=completed");
    for (const name of [/Ida Roth$/, /Renamed/, /Noor Haddad$/]) await page.getByRole("checkbox", { name }).check();
    await page.getByRole("button", { name: "Undo 3…" }).click();
    await page.getByText("1 task: Only memberships and assignments can be undone").waitFor();
    await page.getByRole("button", { name: "Undo 2", exact: true }).click();
    await page.getByText("2 inverse tasks made.").waitFor();
    expect(await countTasks(one, "pending")).toBe(1);
    expect(await countTasks(other, "pending")).toBe(1);
    expect(problems).toEqual([]);
  });

  test("more than ten have to be typed, on a phone as well", async () => {
    const appId = await seedTasks(
      "Travel",
      makeAccounts(12).map(({ id }) => [suspend(id)] as const),
    );
    const { page } = await console.open(`/o/main/apps/${appId}/tasks`, { width: 390 });
    await page.getByRole("checkbox", { name: "Select all rows of this page" }).check();
    await page.getByRole("button", { name: "Cancel 12…" }).click();
    const cancel = page.getByRole("button", { name: "Cancel 12 tasks" });
    expect(await cancel.isDisabled()).toBe(true);
    await page.getByLabel("Type cancel to go on").fill("cancel");
    await cancel.click();
    await page.getByText("12 tasks cancelled.").waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});
