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

test("every piece of code in the guide names its file", () => {
  expect(blocks.length).toBeGreaterThan(10);
  expect(blocks.filter(({ file }) => file === undefined)).toEqual([]);
});

test.each(blocks)("$file contains the code of the guide: $begins", ({ file, code }) => {
  expect(withoutIndentation(readFileSync(join(folder, file!), "utf8"))).toContain(withoutIndentation(code));
});
