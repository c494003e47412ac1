import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { Console } from "./open-console.ts";
import { leavePartialRun } from "./partial-run.ts";
import { makeAccounts, seedApp, sync } from "./seed.ts";
import { signInByLink } from "./sign-in-by-link.ts";

/** Fills an organisation, and returns each page of the console by name: its path, and a text that shows that it is there. */
export async function fillEveryPage(console: Console): Promise<Record<string, { path: string; shows: string }>> {
  const { client } = console.org;
  await signInByLink(console, { name: "Ida Roth", role: "auditor" });
  const { appId } = await seedApp(client, "HR EMEA", makeAccounts(120));
  const { appId: heldApp } = await seedApp(client, "HR APAC", makeAccounts(60));
  await client.createApp({ name: "Salesforce" });
  const changed = makeAccounts(119);
  for (const account of changed) if (account.id.startsWith("ida.roth")) account.last_name = "Vogt";
  const done = await sync(client, appId, changed);
  const held = await sync(client, heldApp, makeAccounts(20));
  await client.createTask(appId, { action: "suspend_account", payload: { account: { id: "milo.berg" } } });
  const task = await client.createTask(appId, {
    action: "update_account",
    payload: { account: { id: "ida.roth" }, changes: { team: { added: [{ id: "t2", name: "Sales" }] } } },
  });
  const error = { code: "PERMISSION_DENIED" as const, message: 'The integration user lacks "Manage Users".' };
  await client.reportTask(appId, task.id, { status: "failed", error });
  const app = `/o/main/apps/${appId}`;
  const partial = await leavePartialRun(client, appId, changed);
  return {
    overview: { path: "/o/main", shows: "Needs a decision" },
    apps: { path: "/o/main/apps", shows: "Never synced" },
    syncs: { path: app, shows: "Removed" },
    sync: { path: `${app}/syncs/${done.sync_id}`, shows: "Vogt" },
    run: { path: `${app}/syncs/${partial}`, shows: "Course of the run" },
    held: { path: `/o/main/apps/${heldApp}/syncs/${held.sync_id}`, shows: "would be lost" },
    accounts: { path: `${app}/records/account`, shows: "Aiko Tanaka" },
    account: { path: `${app}/records/account/record?id=ida.roth`, shows: "Fields" },
    why: { path: `${app}/records/account/why?id=tom.reed14`, shows: "Absent" },
    "why-ref": { path: `${app}/records/account/why?id=ida.roth&ref=team:t0`, shows: "Last seen" },
    groups: { path: `${app}/records/team`, shows: "Engineering" },
    group: { path: `${app}/records/team/record?id=t0`, shows: "Members" },
    "group-then": { path: `${app}/records/team/record?id=t0&at=2999-01-01`, shows: "Still" },
    license: { path: `${app}/records/license/record?id=pro`, shows: "Seats over time" },
    "group-beside": {
      path: `${app}/records/team?open=${encodeURIComponent(`record/${appId}/team/t0`)}`,
      shows: "Engineering",
    },
    licenses: { path: `${app}/records/license`, shows: "Seats used" },
    tasks: { path: `${app}/tasks`, shows: "Suspend account" },
    "new-task": { path: `${app}/tasks/new?account=ida.roth`, shows: "What to do" },
    task: { path: `${app}/tasks/${task.id}`, shows: "Its life" },
    connector: { path: `${app}/connector`, shows: "Removal guard" },
    people: { path: "/o/main/people?text=ida", shows: "Ida" },
    "all-tasks": { path: "/o/main/tasks", shows: "Suspend account" },
    changes: { path: "/o/main/changes", shows: "Vogt" },
    "changes-filtered": { path: `/o/main/changes?change=removed&app_id=${appId}&from=2026-01-01`, shows: "Why?" },
    "all-syncs": { path: "/o/main/changes/syncs", shows: "Held" },
    audit: { path: "/o/main/audit", shows: "Report task" },
    "account-beside": {
      path: `${app}/records/account?open=${encodeURIComponent(`record/${appId}/account/ida.roth`)}`,
      shows: "Ida Vogt",
    },
    "sync-beside": {
      path: `/o/main/apps/${heldApp}?open=${encodeURIComponent(`sync/${heldApp}/${held.sync_id}`)}`,
      shows: "Held",
    },
    "task-beside": {
      path: `/o/main/tasks?open=${encodeURIComponent(`task/${appId}/${task.id}`)}`,
      shows: "Change account",
    },
    erasures: { path: "/o/main/audit/erasures", shows: "Nobody was erased yet" },
    keys: { path: "/o/main/keys", shows: "Valid" },
    system: { path: "/o/main/system", shows: "Newest migration" },
    users: { path: "/o/main/keys/users", shows: "Enabled" },
  };
}

/** Goes to a page without a reload, which would forget the key. */
export async function goTo(page: Page, { path, shows }: { path: string; shows: string }): Promise<void> {
  await page.evaluate((path) => {
    history.pushState({}, "", path);
    dispatchEvent(new PopStateEvent("popstate"));
  }, path);
  await page.locator("#content").getByText(shows).filter({ visible: true }).first().waitFor();
  // What a list showed before is paler until its rows are here.
  await expect.poll(() => page.locator("#content [aria-busy=true]").count()).toBe(0);
}
