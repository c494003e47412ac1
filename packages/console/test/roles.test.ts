import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp, sync } from "./support/seed.ts";
import { signInByLink } from "./support/sign-in-by-link.ts";

const OPERATES = {
  account: ["New task…"],
  tasks: ["New task", "Select all rows of this page"],
  task: ["Cancel task…"],
  held: ["Discard this sync", "Remove 30…", "Confirm: removed ida.roth5"],
};
const ADMINISTERS = { keys: ["New key…"], connector: ["Change guard…"] };

const NOTHING = { account: [], tasks: [], task: [], held: [], keys: [], connector: [] };

const OFFERED = {
  auditor: NOTHING,
  operator: { ...NOTHING, ...OPERATES },
  admin: { ...NOTHING, ...OPERATES, ...ADMINISTERS },
} as const;

const ALL = Object.values({ ...OPERATES, ...ADMINISTERS }).flat();

describe.skipIf(browserPath === undefined)("what a role may do", () => {
  let console: Console;
  let places: Record<keyof typeof NOTHING, { path: string; shows: string }>;
  beforeAll(async () => {
    console = await openConsole();
    const { client } = console.org;
    const { appId } = await seedApp(client, "HR EMEA", makeAccounts(60));
    const task = await client.createTask(appId, {
      action: "suspend_account",
      payload: { account: { id: "ida.roth" } },
    });
    const held = await sync(client, appId, makeAccounts(30));
    const app = `/o/main/apps/${appId}`;
    places = {
      account: { path: `${app}/records/account/record?id=ida.roth`, shows: "Fields" },
      tasks: { path: `${app}/tasks`, shows: "Suspend account" },
      task: { path: `${app}/tasks/${task.id}`, shows: "Its life" },
      held: { path: `${app}/syncs/${held.sync_id}`, shows: "What they have in common" },
      keys: { path: "/o/main/keys", shows: "Keys" },
      connector: { path: `${app}/connector`, shows: "Removal guard" },
    };
  });
  afterAll(() => console[Symbol.asyncDispose]());

  async function checkOffers(page: Page, role: keyof typeof OFFERED): Promise<void> {
    for (const [name, offers] of Object.entries(OFFERED[role])) {
      const { path, shows } = places[name as keyof typeof NOTHING];
      await page.goto(console.url + path);
      const content = page.locator("#content");
      await content.getByText(shows).filter({ visible: true }).first().waitFor();
      for (const offer of offers) await named(page, offer).waitFor();
      for (const other of ALL.filter((each) => !offers.some((offer) => offer === each)))
        expect([name, other, await named(page, other).count()]).toEqual([name, other, 0]);
    }
  }

  const named = (page: Page, name: string) =>
    page
      .locator("#content")
      .getByRole("button", { name, exact: true })
      .or(page.locator("#content").getByRole("link", { name, exact: true }))
      .or(page.locator("#content").getByRole("checkbox", { name, exact: true }));

  test.each(["auditor", "operator", "admin"] as const)("a person who is %s is offered just that", async (role) => {
    await checkOffers(await signInByLink(console, { name: `A ${role}`, role }), role);
  });

  test("a place that a role does not read is not offered to it", async () => {
    const { key } = await console.org.client.createKey({ name: "operates", role: "operator" });
    const { page } = await console.open("/o/main", { key });
    const links = page.getByRole("navigation", { name: "Places" }).getByRole("link");
    expect(await links.allInnerTexts()).toEqual(
      expect.arrayContaining(["Overview", "People", "Apps", "Tasks", "Changes", "Fleet", "Audit", "System"]),
    );
    expect(await links.filter({ hasText: "Keys" }).count()).toBe(0);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Search or go to" }).fill("keys");
    await page.getByText("Nothing begins with that.").waitFor();
  });

  test("a key of an auditor is offered as little, and the form of a task says why", async () => {
    const { key } = await console.org.client.createKey({ name: "audit", role: "auditor" });
    const { page, problems } = await console.open(`${places.tasks.path}/new`, { key });
    await page.getByText("An auditor makes no tasks").waitFor();
    await page.getByRole("button", { name: "Your session" }).click();
    await page.getByText("an auditor: reads everything, changes nothing").waitFor();
    expect(problems).toEqual([]);
  });
});
