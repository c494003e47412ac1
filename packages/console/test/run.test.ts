import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { leavePartialRun } from "./support/partial-run.ts";
import { makeAccounts, seedApp, sync } from "./support/seed.ts";

describe.skipIf(browserPath === undefined)("the run of a sync", () => {
  let console: Console;
  let appId: string;
  beforeAll(async () => {
    console = await openConsole();
    ({ appId } = await seedApp(console.org.client, "HR EMEA", makeAccounts(20)));
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test("its course is drawn, and listed for who can't see it", async () => {
    const syncId = await leavePartialRun(console.org.client, appId);
    const { page, problems } = await console.open(`/o/main/apps/${appId}/syncs/${syncId}`);
    await page.getByText("guests are hidden from this token; grant it the scope read:guests").waitFor();
    await page.getByRole("img", { name: /^The course of the run, 12 s long/ }).waitFor();
    const streams = page.getByRole("table", { name: "Streams" });
    await streams.getByRole("row", { name: "Team Complete the number that the system gave 0.1 s 0.8 s 1" }).waitFor();
    await streams.getByRole("row", { name: "User Partial 4 × a page without a next one 1.1 s 11 s 4" }).waitFor();
    await page.getByText("Calls and waits as a table").click();
    const calls = page.getByRole("table", { name: "Calls and waits" });
    await calls.getByRole("row", { name: "5.2 s 3 3 0 0 0" }).waitFor();
    expect(await page.getByRole("row", { name: /^User 121 119 / }).count()).toBe(1);
    await page.getByText("must be active or suspended").waitFor();
    await page.getByRole("link", { name: "u7", exact: true }).waitFor();
    await page.getByText("and others").waitFor();
    expect(problems).toEqual([]);
  });

  test("the history of syncs draws and lists the refs that accounts lost which stay", async () => {
    const { client } = console.org;
    const { appId } = await seedApp(client, "HR APAC", makeAccounts(20));
    const moved = makeAccounts(20);
    for (const account of moved.slice(0, 3)) account.memberships = { team: [] };
    for (const account of moved.slice(3, 5)) account.assignments = { license: [{ id: "pro" }] };
    const { sync_id } = await sync(client, appId, moved);
    await sync(client, appId, moved);
    const { page, problems } = await console.open(`/o/main/apps/${appId}`);
    await page
      .getByRole("img", { name: /^What the last 3 syncs created, updated and removed, and refs lost/ })
      .waitFor();
    // Created, updated, removed, refs lost.
    await page.getByRole("row", { name: / 0 5 0 3 / }).waitFor();
    const { page: run } = await console.open(`/o/main/apps/${appId}/syncs/${sync_id}`);
    const types = run.getByRole("table", { name: "Resource types" });
    await types.getByRole("row", { name: "Team – 4 0 0 0 0 3" }).waitFor();
    await types.getByRole("row", { name: "License – 1 0 0 0 1 0" }).waitFor();
    expect(problems).toEqual([]);
  });

  test("a sync whose runner left nothing shows what is there", async () => {
    const { client } = console.org;
    const syncId = await client.startSync(appId);
    await client.abandonSync(appId, syncId);
    const { page, problems } = await console.open(`/o/main/apps/${appId}/syncs/${syncId}`);
    await page.getByText("The runner left no receipt with this sync.").waitFor();
    expect(await page.getByRole("heading", { name: "Course of the run" }).count()).toBe(0);
    expect(problems).toEqual([]);
  });

  test("the header of a table stays in sight while its page is scrolled, and above its rows on a phone", async () => {
    const { page } = await console.open(`/o/main/apps/${appId}/records/account`);
    await page.setViewportSize({ width: 1440, height: 500 });
    const header = page.getByRole("columnheader", { name: "Name", exact: true });
    const row = page.getByRole("link", { name: "Aiko Tanaka", exact: true });
    // Before its rows are there the page is too short to scroll.
    await row.waitFor();
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await expect.poll(async () => Math.round((await header.boundingBox())!.y)).toBe(48);
    await page.setViewportSize({ width: 390, height: 900 });
    await page.evaluate(() => scrollTo(0, 0));
    await expect
      .poll(async () => (await row.boundingBox())!.y - (await header.boundingBox())!.y)
      .toBeGreaterThanOrEqual(24);
  });
});
