import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp, sync } from "./support/seed.ts";

describe.skipIf(browserPath === undefined)("looking and acting", () => {
  let console: Console;
  let appId: string;
  beforeAll(async () => {
    console = await openConsole();
    ({ appId } = await seedApp(console.org.client, "HR EMEA", makeAccounts(120)));
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test("a search is kept in the address, and the way back undoes it", async () => {
    const { page, problems } = await console.open(`/o/main/apps/${appId}/records/account`);
    await page.getByRole("searchbox").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("noor.haddad1@");
    await page.getByRole("row", { name: /noor\.haddad1@/ }).waitFor();
    await page.waitForURL(/text=noor/);
    // The list before is shown until the new one is there.
    await expect.poll(() => page.getByRole("row").count()).toBe(2);
    await page.getByRole("link", { name: "Suspended" }).click();
    await page.getByText("fits the filter").waitFor();
    await page.goBack();
    await page.getByRole("row", { name: /noor\.haddad1@/ }).waitFor();
    expect(problems).toEqual([]);
  });

  test("a search that is typed slowly on a slow machine keeps each letter", async () => {
    const { page } = await console.open(`/o/main/apps/${appId}/records/account`);
    const machine = await page.context().newCDPSession(page);
    await machine.send("Emulation.setCPUThrottlingRate", { rate: 10 });
    await page.getByRole("searchbox").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("noor.haddad1@example", { delay: 230 });
    await expect.poll(() => new URL(page.url()).searchParams.get("text")).toMatch(/@example$/);
    expect(await page.getByRole("searchbox").inputValue()).toBe("noor.haddad1@example");
  });

  test("rows are walked by arrow keys, and Enter opens one", async () => {
    const { page } = await console.open(`/o/main/apps/${appId}/records/account`);
    await page.getByRole("link", { name: "Aiko Tanaka", exact: true }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Aiko Tanaka 1", exact: true }).waitFor();
    expect(new URL(page.url()).searchParams.get("open")).toBe(`record/${appId}/account/aiko.tanaka1`);
  });

  test("a task is made by a form that offers what the connector can do", async () => {
    const { page, problems } = await console.open(`/o/main/apps/${appId}/records/account/record?id=ida.roth`);
    await page.getByRole("link", { name: "New task…" }).click();
    await page.getByText("Delete account: Suspend the account instead.").waitFor();
    expect(await page.getByRole("radio").count()).toBe(3);
    await page.getByRole("button", { name: "+ Support" }).click();
    await page.getByRole("button", { name: "Change account" }).click();
    await page.getByRole("heading", { name: /Change account/ }).waitFor();
    await page.getByText("+ Support").waitFor();
    const [task] = await Array.fromAsync(console.org.client.listTasks(appId));
    expect(task).toMatchObject({
      action: "update_account",
      payload: {
        account: { id: "ida.roth" },
        changes: { team: { added: [{ id: "t1", name: "Support" }], removed: [] } },
      },
    });
    await page.getByRole("button", { name: "Cancel task…" }).click();
    await page.getByRole("button", { name: "Cancel this task" }).click();
    await page.getByText("Cancelled", { exact: true }).first().waitFor();
    expect(problems).toEqual([]);
  });

  test("a task is scheduled in the reader's own zone, with a reason, and a group of many is found", async () => {
    const { client } = console.org;
    const { appId } = await seedApp(client, "Wide", makeAccounts(4));
    const syncId = await client.startSync(appId);
    for (let page = 0; page < 3; page++)
      await client.pushPage(
        appId,
        syncId,
        "team",
        Array.from({ length: 100 }, (_, index) => ({
          id: `w${page * 100 + index}`,
          name: `Wing ${page * 100 + index}`,
        })),
      );
    await client.abandonSync(appId, syncId);
    const { page, problems } = await console.open(`/o/main/apps/${appId}/tasks/new?account=ida.roth`);
    await page.getByText("There are more than these 8").waitFor();
    await page.getByLabel("Add: name begins with").fill("wing 23");
    await page.getByRole("button", { name: "+ Wing 23", exact: true }).waitFor();
    await page.getByRole("button", { name: "+ Wing 231" }).click();
    await page.getByLabel("Not before").fill("2031-05-06T07:08");
    const { timeZone } = await page.evaluate(() => new Intl.DateTimeFormat().resolvedOptions());
    await page.getByText(`in your zone, ${timeZone}`).waitFor();
    await page.getByLabel("Reason (optional)").fill("TICKET-7");
    await page.getByRole("button", { name: "Change account" }).click();
    await page.getByText("Scheduled").first().waitFor();
    const [task] = await Array.fromAsync(client.listTasks(appId));
    expect(task).toMatchObject({
      status: "scheduled",
      execute_after: await page.evaluate(() => new Date("2031-05-06T07:08").toISOString()),
      payload: { changes: { team: { added: [{ id: "w231" }] } } },
    });
    const [entry] = await Array.fromAsync(client.listAudit());
    expect(entry).toMatchObject({ operation: "createTask", details: { reason: "TICKET-7" } });
    expect(problems).toEqual([]);
  });

  test("an account is found by the palette, by keyboard alone", async () => {
    const { page, problems } = await console.open();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Search or go to" }).and(page.locator(":focus")).waitFor();
    await page.keyboard.type("priya.nair2");
    await page.getByRole("option", { name: /Priya Nair 2/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Priya Nair 2" }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
    expect(problems).toEqual([]);
  });

  test("the overview shows what the last syncs created, updated and removed", async () => {
    const { appId } = await seedApp(console.org.client, "Bars", makeAccounts(30));
    const changed = makeAccounts(27);
    changed[0]!.last_name = "Vogt";
    await sync(console.org.client, appId, changed);
    const { page } = await console.open();
    const bars = page.getByRole("row", { name: /^Bars/ }).getByRole("img", { name: /^Last/ });
    // 30 accounts, 4 teams and a license are created; one account and the seats in use change.
    expect(await bars.getAttribute("aria-label")).toBe("Last 2 syncs: 37 created or updated records, 3 removals");
    expect(await bars.locator("title").last().textContent()).toContain("0 created, 2 updated, 3 removed");
  });

  test("a held sync is understood and confirmed, but for one account, by who types the name of the app", async () => {
    const { appId } = await seedApp(console.org.client, "HR APAC", makeAccounts(60));
    const held = await sync(console.org.client, appId, makeAccounts(30));
    expect(held.error?.error_code).toBe("REMOVALS_HELD");
    const { page, problems } = await console.open();
    await page.getByText("would remove 30 of 60 account records").waitFor();
    await page.getByRole("link", { name: "Review" }).click();
    await page.getByText("30 of 60 account records (50%) would be lost.").waitFor();
    await page.getByText("The guard holds more than 20% of a type, and at least 10.").waitFor();
    await page.getByText("What they have in common").waitFor();
    const rows = page.getByRole("table", { name: "Changes" }).locator("tbody tr");
    const sorts = page.getByRole("navigation", { name: "Sort of change" });
    await expect.poll(() => rows.count()).toBe(30);
    await sorts.getByRole("link", { name: "Removed" }).and(page.locator("[aria-current=true]")).waitFor();
    await sorts.getByRole("link", { name: "All" }).click();
    await expect.poll(() => rows.count()).toBe(31);
    await sorts.getByRole("link", { name: "Removed" }).click();
    await page.getByLabel("Name, email or id begins with").fill("ida.roth5");
    await expect.poll(() => rows.count()).toBe(1);
    await page.getByRole("checkbox", { name: "Confirm: removed ida.roth5" }).uncheck();
    // The choice outlasts a look elsewhere.
    await page.getByRole("link", { name: "People" }).click();
    await page.getByRole("heading", { name: "People", level: 1 }).waitFor();
    await page.goBack();
    await page.getByLabel("Name, email or id begins with").fill("");
    await page.getByRole("button", { name: "Remove 29, keep 1…" }).click();
    await page.getByRole("list", { name: "Records that you keep" }).getByText("Ida Roth 5").waitFor();
    const confirm = page.getByRole("button", { name: "Remove 29, keep 1", exact: true });
    expect(await confirm.isDisabled()).toBe(true);
    await page.getByLabel("Type HR APAC to go on").fill("HR APAC");
    await page.getByLabel("Reason (optional)").fill("TICKET-7");
    await confirm.click();
    await page.getByText("Complete", { exact: true }).waitFor();
    expect(await console.org.client.getSync(appId, held.sync_id)).toMatchObject({ status: "completed" });
    expect(await console.org.client.getRecord(appId, "account", "ida.roth5")).toMatchObject({ removed_at: null });
    expect(problems).toEqual([]);
  });

  test("a removal is explained link by link, from the account that is gone", async () => {
    const { appId } = await seedApp(console.org.client, "Wiki", makeAccounts(30));
    await sync(console.org.client, appId, makeAccounts(29));
    const { page, problems } = await console.open(`/o/main/apps/${appId}/records/account?status=inactive`);
    await page.locator("tbody .row-target").click();
    await page.getByRole("link", { name: "Why?", exact: true }).click();
    for (const title of ["Last seen", "Absent", "Judged by the removal guard", "Removed"])
      await page.getByRole("heading", { name: title, exact: true }).waitFor();
    await page.getByText("read 29 records").waitFor();
    expect(problems).toEqual([]);
  });

  test("an account that is there is explained by what it has, since when, and by what", async () => {
    const { appId } = await seedApp(console.org.client, "Forum", makeAccounts(8));
    const { page, problems } = await console.open(`/o/main/apps/${appId}/records/account/record?id=ida.roth`);
    await page.getByRole("region", { name: "Has" }).getByRole("link", { name: "Why?", exact: true }).click();
    await page.getByRole("heading", { name: "Why Ida Roth is there" }).waitFor();
    await page
      .getByRole("region", { name: "Has" })
      .getByRole("listitem")
      .filter({ hasText: /Engineering.*since .* by a sync/ })
      .waitFor();
    const entry = page.getByRole("region", { name: "What made it so" }).getByRole("listitem");
    await entry.getByText("Seen for the first time").waitFor();
    await page.emulateMedia({ media: "print" });
    const [time, said] = await Promise.all(
      [entry.getByRole("time"), entry.locator("p")].map((part) => part.boundingBox()),
    );
    expect(time!.x + time!.width).toBeLessThanOrEqual(said!.x);
    expect(problems).toEqual([]);
  });

  test("a group is explained by each task and sync that gave or took it, and who let it pass", async () => {
    const { client } = console.org;
    const accounts = makeAccounts(40);
    const { appId } = await seedApp(client, "Groups", accounts);
    const id = "ida.roth";
    const changes = { team: { removed: [{ id: "t0", name: "Engineering" }] } };
    const task = await client.createTask(appId, { action: "update_account", payload: { account: { id }, changes } });
    const verified = { at: new Date().toISOString(), exists: true, refs: { team: { added: 0, removed: 0 } } };
    await client.reportTask(appId, task.id, { status: "completed", result: { verified } });
    const held = await sync(
      client,
      appId,
      makeAccounts(40).map((account) => Object.assign(account, { memberships: { team: [] } })),
    );
    await client.confirmSync(appId, held.sync_id);
    await expect.poll(async () => (await client.getSync(appId, held.sync_id)).status).toBe("completed");
    const { page, problems } = await console.open(`/o/main/apps/${appId}/records/account/record?id=${id}`);
    await page.getByRole("link", { name: "Why? Engineering" }).click();
    await page.getByRole("heading", { name: "Why Ida Roth does not have Engineering" }).waitFor();
    await page.getByText("40 of 40 team refs").waitFor();
    const steps = page.locator("#content ol > li");
    await expect
      .poll(async () => (await steps.allInnerTexts()).map((text) => text.split("\n")[0]))
      .toEqual(["Gained", "Change account", "Lost"]);
    await steps
      .nth(1)
      .getByText(/^Read back:/)
      .waitFor();
    await steps.nth(2).getByText("found the account without it").waitFor();
    await steps.nth(2).getByText("Confirmed by test.").waitFor();
    await page.goBack();
    await page.getByRole("link", { name: "Why? Pro" }).click();
    await page.getByRole("heading", { name: "Why Ida Roth has Pro" }).waitFor();
    await page.getByText("The last complete sync of the app still found it.").waitFor();
    await page.reload();
    expect(page.url()).toContain("why?id=ida.roth&ref=license%3Apro");
    expect(problems).toEqual([]);
  });

  test("failed tasks are tried again, and one that is done is undone, after a preview", async () => {
    const { client } = console.org;
    const { appId } = await seedApp(client, "Payroll", makeAccounts(8));
    for (const id of ["ida.roth", "milo.berg", "noor.haddad"]) {
      const task = await client.createTask(appId, { action: "suspend_account", payload: { account: { id } } });
      const error = { code: "PERMISSION_DENIED" as const, message: "The integration user may not do that." };
      await client.reportTask(
        appId,
        task.id,
        id === "ida.roth" ? { status: "completed", result: {} } : { status: "failed", error },
      );
    }
    const { page, problems } = await console.open("/o/main");
    await page.getByRole("listitem").filter({ hasText: "Payroll" }).getByRole("link", { name: "See tasks" }).click();
    await page.getByRole("button", { name: "Try all again…" }).click();
    await page.getByText("A new task is made for each of 2 failed tasks").waitFor();
    await page.getByRole("button", { name: "Try 2 again" }).click();
    await page.getByText("2 tasks made").waitFor();
    await page.getByRole("link", { name: "Done" }).click();
    await page
      .getByRole("row", { name: /ida.roth/ })
      .getByRole("link")
      .click();
    await page.getByRole("button", { name: "Undo…" }).click();
    await page.getByRole("button", { name: "Unsuspend account" }).click();
    await page.getByText("The inverse task was made.").waitFor();
    // At a pace: the second one may still be scheduled.
    const lists = (["pending", "scheduled"] as const).map((status) =>
      Array.fromAsync(client.listTasks(appId, { status })),
    );
    const open = (await Promise.all(lists)).flat();
    expect(open.map(({ action }) => action).toSorted()).toEqual([
      "suspend_account",
      "suspend_account",
      "unsuspend_account",
    ]);
    expect(problems).toEqual([]);
  });

  test("an account leads to the same person in another app, and a list is saved as a table", async () => {
    const { page, problems } = await console.open("/o/main/people?text=aiko.tanaka%40");
    await page
      .getByRole("row", { name: /HR EMEA/ })
      .getByRole("link")
      .click();
    await page.getByRole("link", { name: "HR APAC" }).click();
    await page.getByText("User in HR APAC").waitFor();
    await page.goBack();
    await page.getByRole("complementary", { name: "Record" }).getByRole("link", { name: "HR EMEA" }).click();
    await page.getByRole("navigation", { name: "Parts of HR EMEA" }).getByRole("link", { name: "User" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export CSV" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("account.csv");
    expect(problems).toEqual([]);
  });

  test("a sync is watched live, and its row is offered and not pushed in", async () => {
    const { page } = await console.open(`/o/main/apps/${appId}`);
    const rows = page.getByRole("row");
    await expect.poll(() => rows.count()).toBe(2);
    await sync(console.org.client, appId, makeAccounts(119));
    const offer = page.getByRole("button", { name: /new$/ });
    await offer.waitFor();
    expect(await rows.count()).toBe(2);
    await offer.click();
    await expect.poll(() => rows.count()).toBe(3);
  });
});
