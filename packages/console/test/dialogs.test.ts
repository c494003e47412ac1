import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditPage } from "./support/audit-page.ts";
import { browserPath } from "./support/browser.ts";
import { fillEveryPage, goTo } from "./support/every-page.ts";
import { type Console, openConsole } from "./support/open-console.ts";

type Place = { path: string; shows: string };
type Open = (page: Page) => Promise<void>;

const click =
  (name: string | RegExp): Open =>
  (page) =>
    page.getByRole("button", { name }).first().click();

/** Chooses the first row of a list, and what to do with it. */
const choose =
  (row: RegExp, name: string | RegExp): Open =>
  async (page) => {
    await page.getByRole("checkbox", { name: row }).first().check();
    await click(name)(page);
  };

const OPENS: Record<string, { on: string; open: Open; role?: "menu" }> = {
  help: { on: "overview", open: (page) => page.keyboard.press("?") },
  palette: {
    on: "overview",
    async open(page) {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Search or go to" }).fill("ida");
      await page.getByRole("option", { name: /Ida/ }).first().waitFor();
    },
  },
  "account menu": { on: "overview", open: click(/^Your session/), role: "menu" },
  "new key": { on: "keys", open: click("New key…") },
  "rotated key": { on: "keys", open: click(/^Rotate the key/) },
  "revoked key": { on: "keys", open: click(/^Revoke the key/) },
  "new link": { on: "users", open: click("New sign-in link…") },
  "disabled user": { on: "users", open: click(/^Disable/) },
  "deleted user": { on: "users", open: click(/^Delete/) },
  guard: { on: "connector", open: click("Change guard…") },
  "held sync, discarded": { on: "held", open: click("Discard this sync") },
  "held sync, confirmed": { on: "held", open: click(/^Remove \d+…$/) },
  "cancelled tasks": { on: "open", open: choose(/^Select: /, /^Cancel 1…/) },
  "tasks tried again": { on: "failed", open: choose(/^Select: /, /^Try 1 again…/) },
  "undone tasks": { on: "done", open: choose(/^Select: /, /^Undo 1…/) },
  "erased person": { on: "account", open: click("Erase person…") },
  "paused app": { on: "fleet", open: choose(/^Select HR EMEA/, "Pause: HR EMEA") },
};

describe.skipIf(browserPath === undefined)("what opens over a page", () => {
  let console: Console;
  let places: Record<string, Place>;
  beforeAll(async () => {
    console = await openConsole();
    const { client } = console.org;
    places = await fillEveryPage(console);
    const app = (await Array.fromAsync(client.listApps())).find(({ name }) => name === "HR EMEA")!;
    const done = await client.createTask(app.id, {
      action: "suspend_account",
      payload: { account: { id: "tom.reed" } },
    });
    await client.reportTask(app.id, done.id, { status: "completed", result: {} });
    const times = { next_run_at: new Date().toISOString(), paused_at: null, parked_at: null };
    const runner = { app_id: app.id, worker: "machine-1", failures: 0, takes_orders: true, ...times };
    await client.reportRunners([runner]);
    places.open = { path: "/o/main/tasks?state=pending", shows: "Suspend account" };
    places.failed = { path: "/o/main/tasks?state=failed", shows: "Change account" };
    places.done = { path: "/o/main/tasks?state=completed", shows: "Suspend account" };
    places.fleet = { path: "/o/main/fleet", shows: "machine-1" };
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test.each([
    ["light", 1440],
    ["dark", 390],
  ] as const)("has no serious finding of axe in the %s theme, at %i px", async (colorScheme, width) => {
    const { page, problems } = await console.open("/o/main", { width });
    await page.emulateMedia({ colorScheme });
    const findings: string[] = [];
    for (const [name, { on, open, role = "dialog" }] of Object.entries(OPENS)) {
      await goTo(page, places[on]!);
      await open(page);
      const opened = page.getByRole(role);
      await opened.waitFor();
      findings.push(...(await auditPage(page)).map((finding) => `${name}: ${finding}`));
      const { x, width: wide } = (await opened.boundingBox())!;
      if (x < 0 || x + wide > width) findings.push(`${name}: not within the window`);
      await page.keyboard.press("Escape");
      await opened.waitFor({ state: "hidden" });
    }
    await findSecrets(page, findings);
    expect(findings).toEqual([]);
    expect(problems).toEqual([]);
  });

  /** What shows a secret is there only after it was made. */
  async function findSecrets(page: Page, findings: string[]): Promise<void> {
    await goTo(page, places.keys!);
    await click("New key…")(page);
    await page.getByLabel("Name").fill("Laptop");
    await page.getByRole("radio", { name: /auditor/i }).check();
    await click("Make key")(page);
    await page.getByText(/^bk_/).waitFor();
    findings.push(...(await auditPage(page)).map((finding) => `secret: ${finding}`));
    const secret = await page.getByText(/^bk_/).innerText();
    await click("I have copied it")(page);

    const { page: other } = await console.open("/o/main", { key: secret });
    await console.org.client.revokeKey(secret.split("_")[1]!);
    await other.getByRole("link", { name: "Audit", exact: true }).click();
    await other.getByRole("dialog", { name: "Sign in again" }).waitFor();
    findings.push(...(await auditPage(other)).map((finding) => `signing in again: ${finding}`));
    await other.close();
  }

  test("the receipt of an erasure neither", async () => {
    const { page } = await console.open();
    await goTo(page, { ...places.account!, path: places.account!.path.replace("ida.roth", "aiko.tanaka") });
    await click("Erase person…")(page);
    await page.getByLabel(/^Type /).fill("aiko.tanaka@example.com");
    await click("Erase for good")(page);
    await page.getByText("The person is erased").waitFor();
    expect(await auditPage(page)).toEqual([]);
  });
});
