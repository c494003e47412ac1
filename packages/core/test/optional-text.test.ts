import { expect, test } from "vitest";
import { toOptionalText } from "../src/index.ts";

test.each([undefined, null, false, "", "  \t"])("%j counts as no text", (value) => {
  expect(toOptionalText(value, "email of user 1")).toBeUndefined();
});

test("any other text is unchanged", () => {
  expect(toOptionalText(" Jane.Doe@example.com ", "email of user 1")).toBe(" Jane.Doe@example.com ");
});

test.each([
  [5, "a number"],
  [true, "a boolean"],
  [["jane@example.com"], "a list"],
  [{ value: "jane@example.com" }, "an object"],
])("a value that is not a text is left out with a reason, or refused: %j", (value, name) => {
  const doubts: string[] = [];
  expect(toOptionalText(value, "email of user 1", (reason) => doubts.push(reason))).toBeUndefined();
  expect(doubts).toEqual([`email of user 1 is ${name} where a text is expected`]);
  expect(() => toOptionalText(value, "email of user 1")).toThrow(`email of user 1 is ${name}`);
});
