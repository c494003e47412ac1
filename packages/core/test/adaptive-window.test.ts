import { expect, test } from "vitest";
import { AdaptiveWindow, type ReportOverload } from "../src/sync/adaptive-window.ts";

/** A window whose pushes end when and after the time that the test says. */
function openWindow(limit: number) {
  let time = 0;
  const window = new AdaptiveWindow({ limit, now: () => time });
  const ends: (() => void)[] = [];
  const reportOverload: ReportOverload[] = [];
  const start = (order?: { comesAfterOthers: boolean }) =>
    window.add((busy) => {
      reportOverload.push(busy);
      return new Promise((resolve) => ends.push(resolve));
    }, order);
  /** Runs pushes one after another, each taking this many milliseconds. */
  async function run(count: number, milliseconds: number): Promise<void> {
    for (let push = 0; push < count; push++) {
      await start();
      time += milliseconds;
      ends.shift()!();
      reportOverload.shift();
      await window.drain();
    }
  }
  return { window, start, run, ends, reportOverload, pass: (milliseconds: number) => void (time += milliseconds) };
}

test("quick responses grow the window, up to the limit", async () => {
  const { window, run } = openWindow(10);
  const before = window.size;
  await run(20, 50);
  expect(window.size).toBeGreaterThan(before);
  await run(100, 50);
  expect(window.size).toBe(10);
});

test("each quick response grows the window by one until a refusal, and by one per round trip from then on", async () => {
  const { window, run, start, ends, reportOverload } = openWindow(100);
  const before = window.size;
  await run(12, 50);
  expect(window.size).toBe(before + 12);
  await start();
  reportOverload[0]!();
  ends.shift()!();
  await window.drain();
  reportOverload.length = 0;
  const narrowed = window.size;
  expect(narrowed).toBe((before + 12) / 2);
  await run(narrowed - 1, 50);
  expect(window.size).toBe(narrowed);
  await run(2, 50);
  expect(window.size).toBe(narrowed + 1);
});

test("slow responses shrink the window, down to one", async () => {
  const { window, run } = openWindow(10);
  await run(100, 50);
  await run(1, 5000);
  expect(window.size).toBe(7);
  await run(20, 5000);
  expect(window.size).toBe(1);
  await run(100, 50);
  expect(window.size).toBe(10);
});

test("a refusal halves the window, once for all pushes that were in flight", async () => {
  const { window, run, start, ends, reportOverload, pass } = openWindow(16);
  await run(300, 50);
  for (let push = 0; push < 16; push++) await start();
  pass(50);
  for (const busy of reportOverload) busy();
  expect(window.size).toBe(8);
  for (const end of ends) end();
  await window.drain();
});

test("a push that must arrive after the others waits until they have ended", async () => {
  const { start, ends } = openWindow(10);
  await start();
  await start();
  const last = start({ comesAfterOthers: true });
  ends[0]!();
  await new Promise((resolve) => setImmediate(resolve));
  expect(ends).toHaveLength(2);
  ends[1]!();
  await last;
  expect(ends).toHaveLength(3);
});

test("the next add throws the first failure", async () => {
  const window = new AdaptiveWindow({ limit: 2 });
  await window.add(() => Promise.reject(new Error("refused")));
  await window.settle();
  await expect(window.add(async () => undefined)).rejects.toThrow("refused");
});
