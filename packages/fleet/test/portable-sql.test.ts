import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { AVOIDED_SQL } from "../../server/test/support/avoided-sql.ts";
import { sqlTemplates } from "../../server/test/support/sql-templates.ts";
import { migrations } from "../src/database/migrations.ts";

const SOURCES = fileURLToPath(new URL("../src/", import.meta.url));

/** Every statement of the fleet; those of the job engine are its own, which speaks to each of the databases. */
async function readStatements(): Promise<string[]> {
  const statements = Object.values(migrations).flat();
  for (const name of await readdir(SOURCES, { recursive: true }))
    if (name.endsWith(".ts")) statements.push(...sqlTemplates(await readFile(join(SOURCES, name), "utf8")));
  return statements;
}

test.each(AVOIDED_SQL)("no statement of the fleet has: $name", async ({ pattern }) => {
  expect((await readStatements()).filter((text) => pattern.test(text))).toEqual([]);
});

test("the statements of the fleet are read", async () => {
  const statements = await readStatements();
  expect(statements.filter((text) => text.includes("create table fleet.apps"))).toHaveLength(1);
  expect(
    statements.filter((text) => text.includes("row_number() over (partition by is_now, upstream_host")),
  ).toHaveLength(1);
});
