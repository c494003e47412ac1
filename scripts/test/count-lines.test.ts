import { expect, test } from "vitest";
import { BUDGETS, countLines, MOST_FILES, sizeOf } from "../count-lines.ts";

test("blank lines and comments are not code", () => {
  const code = `/** What it does. */
export const a = 1; // one

// Why.
/*
 * More,
 * in lines.
 */
const b = "/* no comment */";
`;
  expect(countLines(code)).toBe(2);
});

test.each(BUDGETS)("$folder has at most $lines lines of code", ({ folder, lines: most }) => {
  const { files, lines } = sizeOf(folder);
  expect(lines).toBeLessThanOrEqual(most);
  expect(lines).toBeGreaterThan(0);
  expect(files).toBeLessThanOrEqual(MOST_FILES);
});
