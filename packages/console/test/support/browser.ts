import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Where the browser of this machine is; undefined if it has none. */
export const browserPath: string | undefined = (process.env.PATH ?? "")
  .split(delimiter)
  .flatMap((folder) => NAMES.map((name) => join(folder, name)))
  .find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

if (browserPath === undefined)
  console.log(`The console is not tested: there is no browser on the path (${NAMES.join(", ")}).`);

/** A slow machine is no failure; what hangs ends. */
const PATIENCE_MS = 300_000;

let launched: Promise<Browser> | undefined;

/** The browser of this process, which ends with it. Its files run one after another: each leaves it empty. */
export async function useBrowser(): Promise<{ browser: Browser } & AsyncDisposable> {
  const browser = await (launched ??= launch());
  return {
    browser,
    async [Symbol.asyncDispose]() {
      for (const context of browser.contexts()) await context.close();
    },
  };
}

async function launch(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: browserPath!,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      // Fewer processes that draw what nobody looks at.
      "--in-process-gpu",
      "--disable-gpu-rasterization",
      "--disable-extensions",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  const open = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await open(options);
    context.setDefaultTimeout(PATIENCE_MS);
    return context;
  };
  return browser;
}
