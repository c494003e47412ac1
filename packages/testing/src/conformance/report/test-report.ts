import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checks } from "../checks.ts";
import type { Finding } from "../check.ts";
import { replaceCapabilities } from "./to-markdown.ts";

export interface Report {
  /** What becomes `capabilities.json`. */
  capabilities: object;
  /** Tables for the README. */
  markdown: string;
}

/**
 * Registers the test that `capabilities.json` and the README of a package match the results; it comes after the checks.
 * `found` has the findings of each connector.
 */
export function testReport(
  folder: string,
  { found, toReport }: { found: readonly ReadonlyMap<string, Finding>[]; toReport: () => Report },
): void {
  test("capabilities.json and the README match the results", async (context) => {
    if (found.some(({ size }) => size < checks.length)) context.skip("only some of the checks ran");
    const hasFailed = found.some((findings) => [...findings.values()].some(({ status }) => status === "failed"));
    if (hasFailed) context.skip("a check failed, so the results are not written");
    const { capabilities, markdown } = toReport();
    const readme = join(folder, "README.md");
    await expect(`${JSON.stringify(capabilities, undefined, 2)}\n`).toMatchFileSnapshot(
      join(folder, "capabilities.json"),
    );
    await expect(replaceCapabilities(await readFile(readme, "utf8"), markdown)).toMatchFileSnapshot(readme);
  });
}
