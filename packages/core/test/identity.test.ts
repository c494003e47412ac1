import { expect, test } from "vitest";
import { isSameIdentity, toIdentity } from "../src/index.ts";

test.each([
  ["Jane.Doe@example.com", "jane.doe@example.com"],
  [" jane.doe@example.com\n", "jane.doe@example.com"],
  ["JU\u0308RGEN@example.com", "jürgen@example.com"],
])("%j and %j are one person", (left, right) => {
  expect(isSameIdentity(left, right)).toBe(true);
});

test("different texts are different people, even if one contains the other", () => {
  expect(isSameIdentity("jane@example.com", "mary.jane@example.com")).toBe(false);
  expect(isSameIdentity("jane_doe@example.com", "jane.doe@example.com")).toBe(false);
});

test.each([[undefined], [null], [false], [""], ["  "]] as const)("%j identifies nobody, not even itself", (empty) => {
  expect(toIdentity(empty)).toBeUndefined();
  expect(isSameIdentity(empty, empty)).toBe(false);
});
