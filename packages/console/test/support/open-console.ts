import { type Bridge, serve } from "@bridgekit/server";
import { createTestBridge, type TestOrg } from "@bridgekit/server/testing";
import type { Browser, Page } from "playwright-core";
import { useBrowser } from "./browser.ts";

export interface Console extends AsyncDisposable {
  /** Where the Bridge listens, without a slash at the end. */
  url: string;
  browser: Browser;
  org: TestOrg;
  bridge: Bridge;
  /** Opens a tab at a path of the console, with its errors in `problems`, and signs in with a key. */
  open: (path?: string, options?: { key?: string; width?: number }) => Promise<OpenPage>;
}

interface OpenPage {
  page: Page;
  /** What the browser complained of: errors of scripts, refused loads, failed requests of other hosts. */
  problems: string[];
}

/** A Bridge in memory that serves the console, and a browser. */
export async function openConsole(): Promise<Console> {
  const bridge = await createTestBridge({ rateLimit: null });
  const server = await serve(bridge, { port: 0, drainMs: 0 });
  const org = await bridge.openOrg({ name: "main", origin: server.url });
  const { browser, ...browsing } = await useBrowser();
  const { url } = server;

  async function open(path = "/o/main", { key = org.apiKey, width = 1440 } = {}): Promise<OpenPage> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    page.on("request", (request) => {
      if (!request.url().startsWith(url)) problems.push(`a request left for ${request.url()}`);
    });
    await page.goto(url + path);
    await page.getByLabel("API key").fill(key);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { level: 1 }).and(page.locator("#content *")).waitFor();
    return { page, problems };
  }

  return {
    url,
    bridge,
    browser,
    org,
    open,
    async [Symbol.asyncDispose]() {
      await browsing[Symbol.asyncDispose]();
      await server.close();
      await bridge.close();
    },
  };
}
