import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, expect, test } from "vitest";
import { findBrokenLinks } from "../docs/find-broken-links.ts";
import { findUnknownCommands } from "../docs/find-unknown-commands.ts";

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
  ["[a](nowhere.md)", "nowhere.md does not exist"],
  ["![a](picture.png)", "picture.png does not exist"],
  ["[a][b]\n\n[b]: nowhere.md", "nowhere.md does not exist"],
  ["[a](target.md#nothing)", 'target.md has no heading "#nothing"'],
  ["[a](target.md#not-a-heading)", 'target.md has no heading "#not-a-heading"'],
  ["[a](#nothing)", 'source.md has no heading "#nothing"'],
])("%s is broken", (markdown, reason) => {
  expect(reasonsOf(markdown)).toEqual([reason]);
});

const program = new Command("bridgekit");
program.command("sync").argument("[apps...]");
program.command("sessions").command("list").argument("<app>");

test.each([
  ["`bridgekit sync APP`", []],
  ["npx bridgekit sessions list APP", []],
  ["`bridgekit --help`, and bridgekit as a word", []],
  ["`bridgekit session APP`", ["bridgekit session"]],
  ["npx bridgekit sessions APP", ["bridgekit sessions APP"]],
  ["```sh\nbridgekit synch\n```", ["bridgekit synch"]],
])("%j names what the command does not know", (text, unknown) => {
  expect(findUnknownCommands(text, program)).toEqual(unknown);
});
