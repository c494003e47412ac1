import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { findBrokenLinks } from "../links/find-broken-links.ts";

const root = mkdtempSync(join(tmpdir(), "bridgekit-links-"));
afterAll(() => rmSync(root, { recursive: true }));

const TARGET = "# Title\n\n## What `it` does, and why\n\n## Twice\n\n## Twice\n\n```md\n## Not a heading\n```\n";

function reasonsOf(markdown: string): string[] {
  writeFileSync(join(root, "target.md"), TARGET);
  writeFileSync(join(root, "source.md"), markdown);
  return findBrokenLinks(root, ["source.md"]).map(({ reason }) => reason);
}

test.each([
  "[a](target.md)",
  "[a](./target.md#what-it-does-and-why)",
  "[a](target.md#twice-1)",
  "# Here\n\n[a](#here)",
  "[a](https://example.com/nowhere)",
  "`[a](nowhere.md)`",
])("%s leads somewhere", (markdown) => {
  expect(reasonsOf(markdown)).toEqual([]);
});

test.each([
  ["[a](nowhere.md)", "there is no nowhere.md"],
  ["![a](picture.png)", "there is no picture.png"],
  ["[a][b]\n\n[b]: nowhere.md", "there is no nowhere.md"],
  ["[a](target.md#nothing)", 'target.md has no heading "#nothing"'],
  ["[a](target.md#not-a-heading)", 'target.md has no heading "#not-a-heading"'],
  ["[a](#nothing)", 'source.md has no heading "#nothing"'],
])("%s is broken", (markdown, reason) => {
  expect(reasonsOf(markdown)).toEqual([reason]);
});
