import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { fillEveryPage, goTo } from "./support/every-page.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp, sync } from "./support/seed.ts";

const MARKUP = '<img src=x onerror="globalThis.stolen=1"><script>globalThis.stolen=1</script>';
const BIDI = "invoice\u202Efdp.exe \u2066hidden";

describe.skipIf(browserPath === undefined)("the console against attacks", () => {
  let console: Console;
  beforeAll(async () => {
    console = await openConsole();
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test("the key is in no page, no storage and no address", async () => {
    const pages = await fillEveryPage(console);
    const { page } = await console.open();
    const secret = console.org.apiKey;
    for (const place of Object.values(pages)) {
      await goTo(page, place);
      expect(await page.content()).not.toContain(secret);
    }
    const kept = await page.evaluate(async () =>
      JSON.stringify([
        Object.entries(localStorage),
        Object.entries(sessionStorage),
        document.cookie,
        location.href,
        history.state,
        await indexedDB.databases(),
        await caches.keys(),
        [...document.querySelectorAll("input")].map(({ value }) => value),
      ]),
    );
    expect(kept).not.toContain(secret);
    expect(kept).not.toContain("bk_");
  });

  test("no other site frames it", async () => {
    const site = createServer((_, response) =>
      response.setHeader("content-type", "text/html").end(`<iframe src="${console.url}/o/main"></iframe>`),
    ).listen(0, "127.0.0.1");
    await once(site, "listening");
    const page = await console.browser.newPage();
    const refused: string[] = [];
    page.on("console", (message) => refused.push(message.text()));
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    await expect.poll(() => refused.join()).toContain("frame-ancestors");
    expect(await page.frames()[1]!.getByText("Sign in").count()).toBe(0);
    site.close();
  });

  test("names with markup, bidi marks and 10,000 characters are text, and stay in their place", async () => {
    const { client } = console.org;
    const accountsWith = (note: string) => [
      ...makeAccounts(3),
      { id: MARKUP, email: "markup@example.com", display_name: MARKUP, note },
      { id: "bidi", email: "bidi@example.com", display_name: BIDI, note },
      { id: "long", email: "long@example.com", first_name: "x".repeat(1000), note },
    ];
    const { appId } = await seedApp(client, `App ${MARKUP}`, accountsWith(MARKUP));
    const { sync_id } = await sync(client, appId, accountsWith(`${MARKUP}${"x".repeat(10_000)}`));
    const task = await client.createTask(appId, { action: "suspend_account", payload: { account: { id: MARKUP } } });
    await client.reportTask(appId, task.id, {
      status: "failed",
      error: { code: "INTERNAL_ERROR", message: MARKUP + "y".repeat(8000) },
    });
    const app = `/o/main/apps/${appId}`;
    const places = [
      { path: "/o/main", shows: "<img src=x" },
      { path: `${app}/records/account`, shows: "<img src=x" },
      { path: `${app}/records/account/record?id=${encodeURIComponent(MARKUP)}`, shows: "<img src=x" },
      { path: `${app}/records/account/record?id=long`, shows: "xxx" },
      { path: `${app}/syncs/${sync_id}`, shows: "<img src=x" },
      { path: `${app}/tasks`, shows: "<img src=x" },
      { path: `${app}/tasks/${task.id}`, shows: "<img src=x" },
      { path: `${app}/tasks/new?account=${encodeURIComponent(MARKUP)}`, shows: "<img src=x" },
      { path: "/o/main/audit", shows: "Report task" },
    ];
    for (const width of [1440, 390]) {
      const { page, problems } = await console.open("/o/main", { width });
      for (const place of places) {
        await goTo(page, place);
        const found = await page.evaluate(() => ({
          images: document.images.length,
          scripts: document.querySelectorAll("#console script").length,
          stolen: "stolen" in globalThis,
          width: document.documentElement.scrollWidth,
        }));
        expect([place.path, found]).toEqual([place.path, { images: 0, scripts: 0, stolen: false, width }]);
      }
      await goTo(page, { path: `${app}/records/account`, shows: "invoice" });
      expect(await page.locator("bdi", { hasText: "invoice" }).count()).toBeGreaterThan(0);
      expect(problems).toEqual([]);
    }
  });

  test("a key that is revoked in the middle of work is asked for again, and the work stays", async () => {
    const { client } = console.org;
    const { appId } = await seedApp(client, "Payroll", makeAccounts(4));
    const { id, key } = await client.createKey({ name: "laptop", role: "operator" });
    const { page } = await console.open(`/o/main/apps/${appId}/tasks/new?account=ida.roth`, { key });
    await page.getByRole("radio", { name: "Suspend account", exact: true }).check();
    await client.revokeKey(id);
    await page.getByRole("button", { name: "Suspend account" }).click();
    const dialog = page.getByRole("dialog", { name: "Sign in again" });
    await dialog.getByLabel("API key").fill(console.org.apiKey);
    await dialog.getByRole("button", { name: "Sign in" }).click();
    await dialog.waitFor({ state: "hidden" });
    expect(await page.getByRole("radio", { name: "Suspend account", exact: true }).isChecked()).toBe(true);
    await page.getByRole("button", { name: "Suspend account" }).click();
    await page.getByRole("heading", { name: /Suspend account/ }).waitFor();
  });
});
