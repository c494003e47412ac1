import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { goTo } from "./support/every-page.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp, sync } from "./support/seed.ts";

describe.skipIf(browserPath === undefined)("one call of a page that fails", () => {
  let console: Console;
  let appId: string;
  let syncId: string;
  beforeAll(async () => {
    console = await openConsole();
    ({ appId } = await seedApp(console.org.client, "HR EMEA", makeAccounts(20)));
    ({ sync_id: syncId } = await sync(console.org.client, appId, makeAccounts(19)));
  });
  afterAll(() => console[Symbol.asyncDispose]());

  /** Responds to calls of such a path in place of the Bridge. */
  const fail = (page: Page, path: RegExp) =>
    page.route(path, (route) =>
      route.fulfill({
        status: 403,
        contentType: "application/json",
        headers: { "X-Request-Id": "request-7" },
        body: JSON.stringify({ detail: "That is not for you" }),
      }),
    );

  test.each([
    [
      "the history of a record",
      /\/history\//,
      "records/account/record?id=ida.roth",
      "Fields",
      /^The history could not/,
    ],
    ["the same person elsewhere", /\/people\//, "records/account/record?id=ida.roth", "Fields", /^Which accounts this/],
    ["the seats of a license", /\/seats\//, "records/license/record?id=pro", "Who uses it", /^The seats could not/],
    ["the resource types", /\/resource-types\//, "", "Complete", /^The resource types/],
    ["the groups to give", /\/records\/team\//, "tasks/new?account=ida.roth", "Not before", /^What there is of Team/],
    ["the changes beside a list", /\/changes\//, "?open=SYNC", "Read and applied", /^The changes could not/],
  ])("%s: only its part says so, with the request id", async (_, path, address, shows, says) => {
    const { page } = await console.open();
    await fail(page, path);
    const open = encodeURIComponent(`sync/${appId}/${syncId}`);
    await page.evaluate(
      (path) => {
        history.pushState({}, "", path);
        dispatchEvent(new PopStateEvent("popstate"));
      },
      `/o/main/apps/${appId}/${address}`.replace("SYNC", open),
    );
    const alert = page.getByRole("alert");
    await alert.filter({ hasText: says }).waitFor();
    expect(await alert.count()).toBe(1);
    expect(await alert.innerText()).toMatch(/That is not for you\.[^]*Nothing was changed\.[^]*request-7/);
    await page.getByText(shows).filter({ visible: true }).first().waitFor();
    await page.unrouteAll();
    await alert.getByRole("button", { name: "Try again" }).click();
    await alert.waitFor({ state: "detached" });
    await page.close();
  });

  test("the palette does not say that there is nothing", async () => {
    const { page } = await console.open();
    await fail(page, /\/find\//);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Search or go to" }).fill("ida");
    await page.getByText("could not be looked for").waitFor();
    expect(await page.getByText("Nothing begins with that.").count()).toBe(0);
  });

  test("the fleet does not say that nothing reports", async () => {
    const { page } = await console.open();
    await fail(page, /\/runners\/workers\//);
    await goTo(page, { path: "/o/main/fleet", shows: "could not be read" });
    expect(await page.getByText("Nothing that runs apps has reported yet").count()).toBe(0);
  });
});
