import type { Page, Request } from "playwright-core";

/** What is wrong with a page of the console, and where its links lead. */
interface Visit {
  findings: string[];
  links: string[];
}

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };

/** Follows the links of the console from one address on, and opens one page of each kind. Returns what is wrong by kind. */
export async function walk(page: Page, start: string): Promise<Map<string, string[]>> {
  const visit = createVisitor(page);
  const found = new Map<string, string[]>();
  const waiting = [start];
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    const kind = toKind(address);
    if (found.has(kind)) continue;
    const { findings, links } = await visit(address);
    found.set(kind, findings);
    waiting.push(...links);
  }
  return found;
}

/** Addresses that show the same with other data have one kind; filters and windows of a list are no kind of their own. */
function toKind(address: string): string {
  const { pathname, searchParams } = new URL(address);
  const [beside, , slug] = (searchParams.get("open") ?? "").split("/");
  if (beside) return `beside: ${beside}${beside === "record" ? ` of ${slug}` : ""}`;
  return pathname.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "*").replace(/^\/o\/[^/]+/, "") || "/";
}

function createVisitor(page: Page): (address: string) => Promise<Visit> {
  let findings: string[] = [];
  let waiting = 0;
  page.on("pageerror", ({ message }) => findings.push(message));
  page.on("console", (message) => message.type() === "error" && findings.push(message.text()));
  page.on("response", (response) => {
    if (response.status() >= 400) findings.push(`${response.status()} of ${response.url()}`);
  });
  // The stream of events never ends.
  const sizeOf = (request: Request) => (request.url().includes("/events/") ? 0 : 1);
  page.on("request", (request) => void (waiting += sizeOf(request)));
  page.on("requestfinished", (request) => void (waiting -= sizeOf(request)));
  page.on("requestfailed", (request) => void (waiting -= sizeOf(request)));

  /** What is asked for has come, and nothing more is asked for. */
  async function settle(): Promise<void> {
    const content = page.locator("#content");
    await content.getByRole("heading", { level: 1 }).waitFor();
    for (let quiet = 0; quiet < 3;) {
      await page.waitForTimeout(30);
      const busy = await content.locator("[aria-busy=true], [aria-label=Loading]").count();
      quiet = waiting <= 0 && busy === 0 ? quiet + 1 : 0;
    }
  }

  return async (address) => {
    findings = [];
    await page.setViewportSize(DESK);
    // Without a reload, as by a link.
    await page.evaluate((address) => {
      history.pushState({}, "", address);
      dispatchEvent(new PopStateEvent("popstate"));
    }, address);
    await settle();
    const content = page.locator("#content");
    for (const alert of await content.getByRole("alert").allInnerTexts()) findings.push(alert);
    for (const note of await content.locator("[data-empty]").allInnerTexts()) findings.push(`empty: ${note}`);
    const links = await page
      .locator("a[href]")
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    await page.setViewportSize(PHONE);
    await settle();
    // A chart follows the window in its next frame.
    const isWithin = ({ width }: typeof PHONE) => document.documentElement.scrollWidth <= width;
    await page.waitForFunction(isWithin, PHONE).catch(() => findings.push("wider than a phone"));
    return { findings, links: links.filter((link) => link.startsWith(new URL("/o/", address).href)) };
  };
}
