import { expect, test } from "vitest";
import { readPreferredWait } from "../src/http/prefer-wait.ts";

test.each([
  ["wait=30", 30],
  ["wait=0", 0],
  ["wait=61", 60],
  ["wait=999999999", 60],
  ["Wait = 5", 5],
  ['wait="12"', 12],
  ["respond-async, wait=10", 10],
  ["wait=10; foo=bar, return=minimal", 10],
  ['note="a, wait=1", wait=7', 7],
  ["wait=10, wait=20", 10],
  ["wait", undefined],
  ["wait=", undefined],
  ["wait=soon", undefined],
  ["wait=-1", undefined],
  ["wait=1.5", undefined],
  ["wait=x, wait=20", undefined],
  ["waiting=3", undefined],
  ["return=minimal", undefined],
  ["", undefined],
])("Prefer: %s asks to wait %s seconds", (header, seconds) => {
  expect(readPreferredWait(header)).toBe(seconds);
});

test("without the header there is no wait", () => {
  expect(readPreferredWait(undefined)).toBeUndefined();
});
