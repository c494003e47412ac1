import type { WorkerReport } from "@bridgekit/client";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "./support/browser.ts";
import { goTo } from "./support/every-page.ts";
import { type Console, openConsole } from "./support/open-console.ts";
import { makeAccounts, seedApp } from "./support/seed.ts";

const HOUR = 3_600_000;
const FLEET = "3b9f0f6e-62f5-4a7a-8c55-0a4f0a4d9c11";
const at = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();

describe.skipIf(browserPath === undefined)("the fleet page", () => {
  let console: Console;
  let appId: string;

  beforeAll(async () => {
    console = await openConsole();
  });
  afterAll(() => console[Symbol.asyncDispose]());

  test("says how to start a worker until one has reported", async () => {
    const { page } = await console.open();
    await page.getByRole("link", { name: "Fleet", exact: true }).click();
    await page.getByText("npx bridgekit worker").waitFor();
    await reportFleet(console);
  });

  test("lists workers and apps, and first what needs somebody", async () => {
    const { page, problems } = await openFleet();
    const names = await rowsOf(page, "Apps");
    expect(names).toEqual([
      expect.stringMatching(/^Parked app/),
      expect.stringMatching(/^Failing app/),
      expect.stringMatching(/^Paused app/),
      expect.stringMatching(/^Late app/),
      expect.stringMatching(/^Good app/),
    ]);
    expect(names[0]).toMatch(/Parked.*parked/s);
    expect(names[2]).toMatch(/Paused.*paused/s);
    expect(names[3]).toMatch(/3 h/);
    expect(names[4]).toMatch(/In step.*machine-1.*in 2 h.*none/s);
    const workers = await rowsOf(page, "Workers");
    expect(workers).toEqual([
      expect.stringMatching(/^machine-1\s+Alive\s+2 of 8\s+Good app, Late app \(tasks\)\s+3\s+1\s+2 h ago\s+Drain…$/),
      expect.stringMatching(/^machine-2\s+report just now\s+0\s+nothing\s+2\s+0$/),
      expect.stringMatching(/^machine-3\s+zone default, office\s+Draining\s+0 of 4/),
      expect.stringMatching(/^machine-4\s+Lost\s+report just now/),
    ]);
    await page.getByText("A worker that serves several organisations is drained by").waitFor();
    await page.getByText("1 more app has no runner that reports").waitFor();
    await page.getByText("3 apps can't be paused or run from here").waitFor();
    expect(problems).toEqual([]);
  });

  test("keeps its filters in the address", async () => {
    const { page } = await openFleet();
    await page.getByRole("link", { name: "Paused", exact: true }).click();
    await expect.poll(() => rowsOf(page, "Apps")).toEqual([expect.stringContaining("Paused app")]);
    expect(page.url()).toMatch(/\/fleet\?state=paused$/);
    await page.goBack();
    await page.getByRole("table", { name: "Workers" }).getByRole("link", { name: "machine-2" }).click();
    await expect.poll(async () => (await rowsOf(page, "Apps")).length).toBe(2);
    await page.getByRole("link", { name: "Remove this filter" }).click();
    await page.getByRole("searchbox", { name: "Find an app" }).fill("late");
    await expect.poll(() => rowsOf(page, "Apps")).toEqual([expect.stringContaining("Late app")]);
    expect(page.url()).toMatch(/\/fleet\?text=late$/);
  });

  test("the overview and the page of an app say that it is paused, and when else it runs next", async () => {
    const { page } = await openFleet();
    await goTo(page, { path: "/o/main", shows: "paused 1" });
    const rows = await rowsOf(page, "Apps");
    expect(rows.find((row) => row.startsWith("Paused app"))).toMatch(/Paused.*paused$/s);
    expect(rows.find((row) => row.startsWith("Good app"))).toMatch(/in 2 h$/);
    await goTo(page, { path: `/o/main/apps/${appId}`, shows: "next run: in 2 h on machine-1" });
  });

  test("orders of selected apps wait until their worker carries them out", async () => {
    const { page } = await openFleet();
    const table = page.getByRole("table", { name: "Apps", exact: true });
    expect(await table.getByRole("button", { name: "Pause: Late app" }).count()).toBe(0);
    await table.getByRole("checkbox", { name: "Select Good app" }).check();
    await table.getByRole("checkbox", { name: "Select Paused app" }).check();
    const bar = page.getByRole("toolbar", { name: "Selected apps" });
    await bar.getByRole("button", { name: "Resume 1…" }).waitFor();
    await bar.getByRole("button", { name: "Pause 1…" }).click();
    await page.getByLabel("Reason (optional)").fill("TICKET-7");
    await page.getByRole("button", { name: "Pause: Good app", exact: true }).last().click();
    await page.getByText("It is carried out within seconds.").waitFor();
    await table.getByText("to be paused").waitFor();
    const { client } = console.org;
    const [order] = (await client.reportRunners([])).orders;
    expect(order).toMatchObject({ app_id: appId, order: "pause" });
    const report = { worker: "machine-1", next_run_at: at(2.2 * HOUR), parked_at: null, failures: 0 };
    const paused = { ...report, app_id: appId, paused_at: at(0), takes_orders: true };
    expect(await client.reportRunners([paused], { carriedOut: [order!.id] })).toEqual({ orders: [] });
    await table.getByRole("button", { name: "Resume: Good app" }).waitFor();
    const entries = await Array.fromAsync(client.listAudit());
    expect(entries.find(({ operation }) => operation === "orderRunners")?.details?.reason).toBe("TICKET-7");
    await client.reportRunners([{ ...paused, paused_at: null }]);
  });

  test("a worker is drained by an order, with a reason, that waits for its fleet", async () => {
    const { page } = await openFleet();
    const table = page.getByRole("table", { name: "Workers" });
    expect(await table.getByRole("button", { name: /^Drain/ }).count()).toBe(1);
    await table.getByRole("button", { name: "Drain: machine-1" }).click();
    await page.getByLabel("Reason (optional)").fill("TICKET-8");
    await page.getByRole("button", { name: "Drain it" }).click();
    await table.getByText("to be drained").waitFor();
    const { client } = console.org;
    const { worker_orders: orders } = await client.reportRunners([], { fleet: { id: FLEET } });
    expect(orders).toMatchObject([{ worker: "machine-1", order: "drain" }]);
    await client.reportRunners([], { carriedOut: [orders![0]!.id], fleet: { id: FLEET, workers: [] } });
    await expect.poll(() => rowsOf(page, "Workers")).toHaveLength(2);
    const entries = await Array.fromAsync(client.listAudit());
    expect(entries.find(({ operation }) => operation === "orderWorkers")?.details?.reason).toBe("TICKET-8");
    await reportWorkers(console);
  });

  test("who only reads is offered no orders", async () => {
    const { key } = await console.org.client.createKey({ name: "reader", role: "auditor" });
    const { page } = await console.open("/o/main/fleet", { key });
    await page.getByText("machine-2").first().waitFor();
    expect(await page.getByRole("button", { name: /^(Pause: Good app|Drain: .*)$/ }).count()).toBe(0);
    expect(await page.locator("table input[type=checkbox]").count()).toBe(0);
  });

  test.each(["light", "dark"] as const)("has no serious finding of axe in the %s theme", async (colorScheme) => {
    const { page } = await openFleet();
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ["violations"] }),
    );
    expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
  });

  test("fits a phone", async () => {
    const { page } = await openFleet(390);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  async function openFleet(width?: number) {
    const opened = await console.open("/o/main", { width: width ?? 1440 });
    await goTo(opened.page, { path: "/o/main/fleet", shows: "machine-2" });
    return opened;
  }

  /** Reports as two workers would. */
  async function reportFleet({ org: { client } }: Console): Promise<void> {
    ({ appId } = await seedApp(client, "Good app", makeAccounts(8)));
    await client.createApp({ name: "Silent app" });
    const make = async (name: string) => (await client.createApp({ name })).id;
    const good = { worker: "machine-1", next_run_at: at(2.2 * HOUR), paused_at: null, parked_at: null, failures: 0 };
    await client.reportRunners([
      { ...good, app_id: appId, takes_orders: true },
      { ...good, app_id: await make("Failing app"), failures: 4 },
      { ...good, app_id: await make("Late app"), next_run_at: at(-3 * HOUR) },
      { ...good, app_id: await make("Paused app"), worker: "machine-2", paused_at: at(-HOUR), takes_orders: true },
      { ...good, app_id: await make("Parked app"), worker: "machine-2", next_run_at: null, parked_at: at(-HOUR) },
    ]);
    await reportWorkers(console);
  }
});

async function reportWorkers({ org: { client } }: Console): Promise<void> {
  const { apps } = await client.getOverview({ limit: 100 });
  const run = (name: string, kind: "sync" | "tasks") => {
    const { app_id } = apps.find((app) => app.name === name)!;
    return { app_id, kind, started_at: at(-60_000) };
  };
  const worker = { capacity: 8, zones: ["default"], started_at: at(-2.2 * HOUR), busy: 0, running: [] };
  const running = [run("Good app", "sync"), run("Late app", "tasks")];
  const workers = [
    { ...worker, name: "machine-1", host: "machine-1", state: "alive", busy: 2, running, takes_orders: true },
    { ...worker, name: "machine-3", host: "machine-3", state: "draining", capacity: 4, takes_orders: true },
    { ...worker, name: "machine-4", host: "machine-4", state: "lost", takes_orders: false },
  ] satisfies WorkerReport[];
  workers[1]!.zones = ["default", "office"];
  await client.reportRunners([], { fleet: { id: FLEET, workers } });
}

async function rowsOf(page: Page, table: string): Promise<string[]> {
  const rows = page.getByRole("table", { name: table, exact: true }).locator("tbody tr");
  return (await rows.allInnerTexts()).map((row) => row.trim());
}
