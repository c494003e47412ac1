import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp, sync } from "./support/seed.ts";

describe.skipIf(browserPath === undefined)("groups and licenses", () => {
  let console: Console;
  let appId: string;
  beforeAll(async () => {
    console = await openConsole();
    ({ appId } = await seedApp(console.org.client, "HR EMEA", makeAccounts(40)));
    await sync(console.org.client, appId, makeAccounts(38));
    await sync(console.org.client, appId, makeAccounts(36));
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test("a group lists its members, now and at the end of a day that the address keeps", async () => {
    const { page, problems } = await console.open(`/o/main/apps/${appId}/records/team/record?id=t0`);
    const members = page.getByRole("region", { name: "Members" });
    await members
      .getByRole("row", { name: /Ida Roth/ })
      .first()
      .waitFor();
    expect(await members.getByRole("row").count()).toBe(10);
    await members.getByLabel("At the end of").fill("2020-01-01");
    await page.waitForURL(/at=2020-01-01/);
    await members.getByText(/Nobody on that day|could not be read/).waitFor();
    await page.goBack();
    await members
      .getByRole("row", { name: /Ida Roth/ })
      .first()
      .waitFor();
    expect(problems.filter((problem) => !problem.includes("422"))).toEqual([]);
  });

  test("beside the list of groups the first members are shown, with the way to all", async () => {
    const { page, problems } = await console.open(`/o/main/apps/${appId}/records/team`);
    await page.getByRole("link", { name: "Engineering" }).click();
    const panel = page.getByRole("complementary", { name: "Record" });
    await panel.getByRole("link", { name: "Ida Roth", exact: true }).waitFor();
    await panel.getByRole("link", { name: "All, now or then" }).click();
    await page.getByLabel("At the end of").waitFor();
    expect(problems).toEqual([]);
  });

  test("a license shows its seats over time, drawn and as a table, and who uses it", async () => {
    const { page, problems } = await console.open(`/o/main/apps/${appId}/records/license/record?id=pro`);
    await page.getByRole("img", { name: /^Seats of the license/ }).waitFor();
    const seats = page.getByRole("table", { name: "Seats over time" });
    await expect.poll(() => seats.getByRole("row").count()).toBe(4);
    await seats.getByRole("row", { name: /18 50 Sync/ }).waitFor();
    await seats.getByRole("row", { name: /20 50 Sync/ }).waitFor();
    await page
      .getByRole("table", { name: "Who uses it" })
      .getByRole("row", { name: /Ida Roth/ })
      .first()
      .waitFor();
    expect(problems).toEqual([]);
  });
});
