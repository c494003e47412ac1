import { createClient } from "@bridgekit/client";
import { runSync } from "@bridgekit/core/run";
import { type Company, openCompany } from "@bridgekit/example-company";
import { runCycle } from "@bridgekit/example-company/cycle";
import { createTestBridge } from "@bridgekit/server/testing";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath, useBrowser } from "./support/browser.ts";
import { walk } from "./support/walk.ts";

describe.skipIf(browserPath === undefined)("the company of `npm start`", () => {
  const running = new AsyncDisposableStack();
  let company: Company;
  let page: Page;
  beforeAll(async () => {
    const bridge = running.use(await createTestBridge({ rateLimit: null }));
    const folder = await mkdtemp(join(tmpdir(), "bridgekit-console-"));
    running.defer(() => rm(folder, { recursive: true, force: true }));
    const say = () => undefined;
    company = running.use(await openCompany({ bridge, folder, say }));
    const { client, apps, origin } = company;
    await runCycle({ bridge: client, apps, folder, say });
    await client.reportRunners(
      apps.map(({ appId }) => ({
        app_id: appId,
        worker: "machine-1",
        next_run_at: new Date(Date.now() + 60_000).toISOString(),
        paused_at: null,
        parked_at: null,
        failures: 0,
      })),
    );
    const { appId } = apps.at(-1)!;
    const [account] = await Array.fromAsync(client.listRecords(appId, "account", { status: "inactive" }));
    await client.erasePerson({ app_id: appId, slug: "account", id: account!.data.id });
    const { browser } = running.use(await useBrowser());
    const context = await browser.newContext({ reducedMotion: "reduce", viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    const { token } = await bridge.createSignInLink({ org: "main", name: "Ida Roth", role: "admin" });
    await page.goto(`${origin}/sign-in/link?token=${token}`);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`${origin}/o/main`);
  });
  afterAll(() => running.disposeAsync());

  test("a sync is watched live: what is read grows, and the overview follows", async () => {
    const { appId, connection } = company.apps[0]!;
    const { bridge, mayPush, mayComplete } = holdUp(company);
    const app = page.getByRole("row", { name: /HR EMEA/ });
    await app.getByText("In step").waitFor();
    const run = runSync({ bridge, appId, connection, fullEverySeconds: 0 });
    await app.getByText("Syncing").waitFor();

    const watching = await page.context().newPage();
    let loads = 0;
    watching.on("load", () => loads++);
    await watching.goto(`${company.origin}/o/main/apps/${appId}`);
    await watching
      .getByRole("row", { name: /Reading/ })
      .getByRole("link")
      .click();
    const panel = watching.getByRole("complementary", { name: "Sync" });
    const sent = (count: number) => panel.getByRole("row", { name: new RegExp(`^Employee (– )?${count} `) });
    await sent(100).waitFor();
    mayPush();
    await sent(116).waitFor();
    await panel.getByText("Reading").waitFor();
    mayComplete();
    expect((await run).status).toBe("completed");
    await panel.getByText("Complete", { exact: true }).first().waitFor();
    await app.getByText("In step").waitFor();
    expect(loads).toBe(1);
    await watching.close();
  });

  test("each place is reached by Tab and Enter, and the first row of its list is opened by Enter", async () => {
    await page.goto(`${company.origin}/o/main`);
    const skip = page.getByRole("link", { name: "Skip to the content" });
    const places = page.getByRole("navigation", { name: "Places" }).getByRole("link");
    await places.first().waitFor();
    for (const place of await places.allInnerTexts()) {
      await skip.focus();
      await tabTo(page, places.filter({ hasText: place }));
      await page.keyboard.press("Enter");
      await page.getByRole("navigation", { name: "You are here" }).getByText(place).waitFor();
      if (place === "People") {
        await page.getByRole("searchbox").waitFor();
        await page.keyboard.press("/");
        await page.keyboard.type("a");
      }
      if (place === "Audit" || place === "System") continue;
      const row = page.locator("#content .row-target").first();
      await row.waitFor();
      const before = page.url();
      await skip.focus();
      await page.keyboard.press("Enter");
      await tabTo(page, row);
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.href !== before);
    }
  });

  test("each page that a link leads to has content, and fits a phone", async () => {
    const found = await walk(page, `${company.origin}/o/main/people?text=a`);
    expect(found.size).toBeGreaterThan(30);
    expect([...found].filter(([, findings]) => findings.length > 0)).toEqual([]);
  });
});

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const isThere = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; !(await isThere()); presses++) {
    if (presses === 100) throw new Error(`Tab does not reach ${String(target)}.`);
    await page.keyboard.press("Tab");
  }
}

/** The Bridge as a runner reaches it whose second page of accounts, and then its end, are held up on the way. */
function holdUp({ url, apiKey }: Company) {
  const [push, complete] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let pages = 0;
  const slow: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    if (request.method === "PUT" && request.url.endsWith("/account/") && ++pages > 1) await push.promise;
    if (request.url.endsWith("/complete/")) await complete.promise;
    return fetch(request);
  };
  const bridge = createClient({ baseUrl: url, apiKey, fetch: slow });
  return { bridge, mayPush: push.resolve, mayComplete: complete.resolve };
}
