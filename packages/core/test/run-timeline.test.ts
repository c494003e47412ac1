import { expect, test } from "vitest";
import { pageByCursor } from "../src/index.ts";
import { createMemoryReceipts, runSync } from "../src/run.ts";
import { RunTimeline } from "../src/run-timeline.ts";
import { toRunReceipt } from "../src/state/to-run-receipt.ts";
import { shareBridge } from "./support/share-bridge.ts";
import { accounts, connectWiki, createWikiApp } from "./support/wiki.ts";

function startTimeline() {
  let seconds = 0;
  const timeline = new RunTimeline(() => seconds * 1000);
  return { timeline, at: (time: number) => void (seconds = time) };
}

test("a timeline has the steps in which something happened", () => {
  const { timeline, at } = startTimeline();
  timeline.addCall({ isRetry: false });
  at(0.05);
  timeline.addRateLimited();
  at(0.25);
  timeline.addCall({ isRetry: true });
  timeline.addWait("backoffSeconds", 0.2);
  at(9);
  expect(timeline.end()).toEqual({
    seconds: 9,
    stepSeconds: 0.1,
    steps: [
      { step: 0, calls: 1, retries: 0, rateLimited: 1, turnSeconds: 0, backoffSeconds: 0.05 },
      { step: 1, calls: 0, retries: 0, rateLimited: 0, turnSeconds: 0, backoffSeconds: 0.1 },
      { step: 2, calls: 1, retries: 1, rateLimited: 0, turnSeconds: 0, backoffSeconds: 0.05 },
    ],
    streams: [],
  });
});

test("a timeline stays small however long a run takes, and loses nothing", () => {
  const { timeline, at } = startTimeline();
  timeline.enter("team");
  for (let minute = 0; minute < 3000; minute++) {
    at(minute * 60);
    timeline.addCall({ isRetry: minute % 10 === 9 });
    timeline.addWait("turnSeconds", 3);
    timeline.addPage("team");
  }
  timeline.leave("complete");
  const { seconds, stepSeconds, steps, streams } = timeline.end();
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
  expect(steps.length).toBeLessThanOrEqual(100);
  expect(stepSeconds * steps.length).toBeGreaterThanOrEqual(seconds / 2);
  expect(sum(steps.map(({ calls }) => calls))).toBe(3000);
  expect(sum(steps.map(({ retries }) => retries))).toBe(300);
  // The first wait would have begun before the run.
  expect(sum(steps.map(({ turnSeconds }) => turnSeconds))).toBeCloseTo(2999 * 3, 0);
  expect(streams).toMatchObject([{ slug: "team", startedSeconds: 0, endedSeconds: 2999 * 60, end: "complete" }]);
  expect(sum(streams[0]!.pages.map(({ count }) => count))).toBe(3000);
  expect(streams[0]!.pages.length).toBeLessThanOrEqual(100);
});

test("a clock that goes back, or a wait of hours at the start, breaks nothing", () => {
  const { timeline, at } = startTimeline();
  at(-5);
  timeline.addCall({ isRetry: false });
  timeline.addWait("turnSeconds", 7200);
  expect(timeline.end()).toMatchObject({ seconds: 0, steps: [{ step: 0, calls: 1, turnSeconds: 0 }] });
  at(7200);
  timeline.addWait("turnSeconds", 7200);
  const { steps } = timeline.end();
  expect(steps.reduce((total, { turnSeconds }) => total + turnSeconds, 0)).toBeCloseTo(7200);
});

const bridge = await shareBridge();

test("the session of a run shows the course of each stream, and what proved its end", async () => {
  const appId = await createWikiApp(bridge);
  const all = await Array.fromAsync(accounts(160));
  const pages = [all.slice(0, 150), all.slice(150)];
  const connection = await connectWiki({
    accounts: () =>
      pageByCursor(async (cursor) => ({ items: pages[Number(cursor ?? 0)]!, next: cursor ? null : "1" }), {
        list: "GET /accounts",
        idOf: ({ id }) => id,
      }),
    afterAccounts: (partial) => partial("guests are hidden"),
  });
  const { syncId } = await runSync({ bridge: bridge.client, appId, connection, receipts: createMemoryReceipts() });
  const { receipt } = await bridge.client.getSync(appId, syncId);
  expect(receipt?.timeline).toMatchObject({
    streams: [
      { slug: "team", end: "complete", proofs: {}, pages: [{ count: 1 }] },
      { slug: "seat" },
      { slug: "account", end: "partial", proofs: { no_next_page: 1 } },
    ],
  });
  const account = receipt!.timeline!.streams.at(-1);
  expect(account!.pages.reduce((sum, { count }) => sum + count, 0)).toBe(2);
  expect(account!.ended_seconds).toBeLessThanOrEqual(receipt!.timeline!.seconds);
});

test("a receipt that would be too large for the Bridge goes without its timeline", async () => {
  const receipts = createMemoryReceipts();
  const appId = await createWikiApp(bridge);
  await runSync({
    bridge: bridge.client,
    appId,
    connection: await connectWiki({ accounts: () => accounts(1) }),
    receipts,
  });
  const [receipt] = receipts.all;
  const findings = { missing: [], badRecords: [], badFields: [] };
  expect(toRunReceipt(receipt!, findings)).toHaveProperty("timeline");
  const types = Object.fromEntries(
    Array.from({ length: 490 }, (_, n) => [`type-${n}-${"x".repeat(40)}`, receipt!.types["account"]!]),
  );
  expect(toRunReceipt({ ...receipt!, types }, findings)).not.toHaveProperty("timeline");
});
