import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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
    await page.evaluate(axe.source);
    const findings: string[] = [];
    for (const [name, place] of Object.entries(pages)) {
      await goTo(page, place);
      findings.push(...(await audit(page)).map((finding) => `${name}: ${finding}`));
    }
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").waitFor();
    findings.push(...(await audit(page)).map((finding) => `palette: ${finding}`));
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

async function audit(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ["violations"] }),
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html }) => `${id} at ${html.slice(0, 160)}`));
}
