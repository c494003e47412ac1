import { sql } from "kysely";
import { expect, test } from "vitest";
import { migrate } from "../src/database/migrate.ts";
import { openDatabase } from "../src/database/open-database.ts";
import { createDatabase } from "./support/open-bridge.ts";

const APP = "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11";
const ACCOUNTS = [
  { id: "whole", first_name: "Milo", last_name: "Berg" },
  { id: "displayed", first_name: "Ida", last_name: "Roth", display_name: "Ida R." },
  { id: "first", first_name: "Noor", last_name: "" },
];

const fail = (error: Error) => {
  throw error;
};

test("accounts that were synced before are found by first and last name together", async () => {
  const { database, drop } = await createDatabase("postgres");
  const before = await openDatabase(database, fail, { prepare: (kysely) => migrate(kysely, { to: "0014_all_apps" }) });
  for (const { id, ...names } of ACCOUNTS)
    await sql`insert into records (app_id, slug, id, data, changed_version)
      values (${APP}, 'account', ${id}, ${JSON.stringify({ id, ...names })}::jsonb, 1)`.execute(before.kysely);
  await before.close();
  const opened = await openDatabase(database, fail);
  const terms = await opened.kysely.selectFrom("record_terms").select(["id", "term"]).execute();
  expect(terms).toEqual([{ id: "whole", term: "milo berg" }]);
  await opened.close();
  await drop();
});
