import { expect, test } from "vitest";
import { nextTry } from "../src/sync/next-try.ts";

const endedAt = new Date("2026-11-15T12:00:00Z");
const after = (seconds: number) => new Date(endedAt.getTime() + seconds * 1000);
const secondsUntil = (failures: number, usual = after(86_400)) =>
  (nextTry(usual, { endedAt, failures }).getTime() - endedAt.getTime()) / 1000;

test("a sync that did not fail is made again at its usual time", () => {
  expect(secondsUntil(0)).toBe(86_400);
});

test.each([
  [1, 15, 30],
  [2, 60, 120],
  [3, 240, 480],
  [4, 960, 1_920],
])("after %i failures it is tried again in %i to %i seconds", (failures, least, most) => {
  const seconds = Array.from({ length: 50 }, () => secondsUntil(failures));
  expect(Math.min(...seconds)).toBeGreaterThanOrEqual(least);
  expect(Math.max(...seconds)).toBeLessThanOrEqual(most);
  expect(new Set(seconds).size).toBeGreaterThan(1);
});

test.each([1, 5, 10_000])("after %i failures it is tried again at its usual time at the latest", (failures) => {
  expect(secondsUntil(failures, after(10))).toBe(10);
});
