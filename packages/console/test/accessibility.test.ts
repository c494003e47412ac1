import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditPage } from "./support/audit-page.ts";
import { browserPath } from "./support/browser.ts";
import { fillEveryPage, goTo } from "./support/every-page.ts";
import { type Console, openConsole } from "./support/open-console.ts";

describe.skipIf(browserPath === undefined)("every page", () => {
  let console: Console;
  let pages: Awaited<ReturnType<typeof fillEveryPage>>;
  beforeAll(async () => {
    console = await openConsole();
    pages = await fillEveryPage(console);
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test.each(["light", "dark"] as const)("has no serious finding of axe in the %s theme", async (colorScheme) => {
    const { page, problems } = await console.open();
    await page.emulateMedia({ colorScheme });
    const findings: string[] = [];
    for (const [name, place] of Object.entries(pages)) {
      await goTo(page, place);
      findings.push(...(await auditPage(page)).map((finding) => `${name}: ${finding}`));
    }
    expect(findings).toEqual([]);
    expect(problems).toEqual([]);
  });

  test("fits a phone: nothing is wider than the window", async () => {
    const { page } = await console.open("/o/main", { width: 390 });
    const tooWide: string[] = [];
    for (const [name, place] of Object.entries(pages)) {
      await goTo(page, place);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 390) tooWide.push(`${name}: ${width} px`);
    }
    expect(tooWide).toEqual([]);
  });
});
