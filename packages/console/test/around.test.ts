import { serve } from "@bridgekit/server";
import { createTestBridge } from "@bridgekit/server/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { openProxy } from "./support/open-proxy.ts";
import { makeAccounts, seedApp, sync } from "./support/seed.ts";

describe.skipIf(browserPath === undefined)("what is around the console", () => {
  let console: Console;
  let appId: string;
  beforeAll(async () => {
    console = await openConsole();
    ({ appId } = await seedApp(console.org.client, "HR EMEA", makeAccounts(8)));
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test("it works below the path of a proxy, on a page that is opened by its address", async () => {
    await using proxy = await openProxy({ "/tools/bridge": console.url });
    const base = `${proxy.url}/tools/bridge`;
    const page = await console.browser.newPage();
    const missed: string[] = [];
    page.on("response", (response) => response.status() >= 400 && missed.push(response.url()));
    await page.goto(`${base}/o/main/apps/${appId}/records/account?text=ida`);
    await page.getByLabel("API key").fill(console.org.apiKey);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "Ida Roth" }).click();
    await page.getByRole("heading", { name: "Ida Roth" }).waitFor();
    const open = encodeURIComponent(`record/${appId}/account/ida.roth`);
    expect(page.url()).toBe(`${base}/o/main/apps/${appId}/records/account?text=ida&open=${open}`);
    expect(missed).toEqual([]);
    await page.close();
  });

  test("a part that can't be loaded waits for the Bridge in place of an error of the browser", async () => {
    const { page } = await console.open();
    await page.context().setOffline(true);
    await page.keyboard.press("?");
    await page.getByText("The Bridge can't be reached.").waitFor();
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    await page.context().setOffline(false);
    await page
      .getByRole("dialog", { name: "Keyboard" })
      .or(page.getByRole("button", { name: "Load it again" }))
      .waitFor();
  });

  test("a page that is first opened while the Bridge can't be reached comes when it is back, and nobody is signed out", async () => {
    const { page } = await console.open();
    const loaded = () =>
      page.evaluate(() =>
        performance
          .getEntriesByType("resource")
          .map(({ name }) => name)
          .join(),
      );
    await expect.poll(loaded).toContain("system-page");
    await page.context().setOffline(true);
    await page.getByRole("link", { name: "System" }).click();
    await page.getByText("The Bridge can't be reached.").first().waitFor();
    await page.getByRole("heading", { name: "System" }).waitFor();
    await page.context().setOffline(false);
    await page.getByText("Newest migration").waitFor();
    expect(await page.getByText("The Bridge can't be reached.").count()).toBe(0);
  });

  test("two tabs share one stream of events, and the second goes on when the first is closed", async () => {
    const { page: first } = await console.open(`/o/main/apps/${appId}`);
    const second = await first.context().newPage();
    const streams: string[] = [];
    second.on("request", (request) => request.url().includes("/events/") && streams.push(request.url()));
    await second.goto(first.url());
    await second.getByLabel("API key").fill(console.org.apiKey);
    await second.getByRole("button", { name: "Sign in" }).click();
    await second.getByText("Complete", { exact: true }).first().waitFor();
    await sync(console.org.client, appId, makeAccounts(8));
    await second.getByRole("button", { name: /new$/ }).click();
    expect(streams).toEqual([]);
    await first.close();
    await expect.poll(() => streams.length).toBe(1);
    await sync(console.org.client, appId, makeAccounts(8));
    await second.getByRole("button", { name: /new$/ }).waitFor();
  });

  test("a Bridge that restarts is said in one line, what was shown stays, and goes on by itself", async () => {
    await using bridge = await createTestBridge({ rateLimit: null });
    let server = await serve(bridge, { port: 0, drainMs: 0 });
    const { url } = server;
    const org = await bridge.openOrg({ name: "main", origin: url });
    await seedApp(org.client, "HR EMEA", makeAccounts(8));
    const page = await console.browser.newPage();
    await page.goto(`${url}/o/main`);
    await page.getByLabel("API key").fill(org.apiKey);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("In step", { exact: true }).waitFor();
    await server.close();
    await page.getByText("The Bridge can't be reached.").waitFor();
    expect(await page.getByText("In step", { exact: true }).count()).toBe(1);
    server = await serve(bridge, { port: Number(new URL(url).port), drainMs: 0 });
    await page.getByText("The Bridge can't be reached.").waitFor({ state: "hidden" });
    await page.close();
    await server.close();
  });
});
