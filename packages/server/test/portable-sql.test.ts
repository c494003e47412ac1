import { readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join, sep } from "node:path";
import { expect, test } from "vitest";
import { migrations } from "../src/database/migrations.ts";
import { AVOIDED_SQL } from "./support/avoided-sql.ts";
import { sqlTemplates } from "./support/sql-templates.ts";

const SOURCES = fileURLToPath(new URL("../src/", import.meta.url));
const ARCHITECTURE = fileURLToPath(new URL("../../../ARCHITECTURE.md", import.meta.url));

/** Every statement with its place in the source. */
async function* statements(): AsyncGenerator<{ place: string; text: string }> {
  for (const [place, texts] of Object.entries(migrations)) for (const text of texts) yield { place, text };
  for (const name of await readdir(SOURCES, { recursive: true })) {
    if (!name.endsWith(".ts")) continue;
    const source = await readFile(join(SOURCES, name), "utf8");
    for (const text of sqlTemplates(source)) yield { place: name.split(sep).join("/"), text };
  }
}

test.each(AVOIDED_SQL)("no statement of the server has: $name", async ({ pattern, except = {} }) => {
  const found: string[] = [];
  for await (const { place, text } of statements())
    if (!(place in except) && pattern.test(text)) found.push(`${place}: ${text}`);
  expect(found).toEqual([]);
});

test.each(AVOIDED_SQL)("$name would be found, and ARCHITECTURE.md explains why it is avoided", async (avoided) => {
  expect(avoided.example).toMatch(avoided.pattern);
  expect(await readFile(ARCHITECTURE, "utf8")).toContain(`- **${avoided.name}**`);
});

test("every exception is still needed", async () => {
  for (const { name, pattern, except = {} } of AVOIDED_SQL) {
    const places = new Set<string>();
    for await (const { place, text } of statements()) if (pattern.test(text)) places.add(place);
    expect([...places].filter((place) => place in except).toSorted(), name).toEqual(Object.keys(except).toSorted());
  }
});

test("the statements of the server are read, including nested ones", async () => {
  const texts: string[] = [];
  for await (const { text } of statements()) texts.push(text);
  expect(texts.filter((text) => text.includes("for update of task skip locked"))).toHaveLength(1);
  expect(texts.filter((text) => text.startsWith("task.id = any("))).toHaveLength(1);
  expect([...sqlTemplates("sql<{ a: number }>`select ${x ? sql`1, ${{ y }.y}` : `2`} from a`")]).toEqual([
    "select   from a",
    "1,  ",
  ]);
});
