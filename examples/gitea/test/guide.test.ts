import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "..");
const guide = readFileSync(join(folder, "../../docs/writing-a-connector.md"), "utf8");
const blocks = [...guide.matchAll(/^```ts(.*)\n([^]*?)^```$/gm)].map(([, info, code]) => ({
  file: /^ file=(\S+)$/.exec(info!)?.[1],
  code: code!,
  begins: code!.split("\n")[0]!,
}));
const withoutIndentation = (text: string) => text.trim().replaceAll(/^\s+/gm, "");

test("the guide shows code, and says of each piece where it is from", () => {
  expect(blocks.length).toBeGreaterThan(10);
  expect(blocks.filter(({ file }) => file === undefined)).toEqual([]);
});

test.each(blocks)("$file has what the guide shows of it: $begins", ({ file, code }) => {
  expect(withoutIndentation(readFileSync(join(folder, file!), "utf8"))).toContain(withoutIndentation(code));
});
