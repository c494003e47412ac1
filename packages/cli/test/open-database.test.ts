import { expect, test } from "vitest";
import { databaseOf } from "../src/commands/open-database.ts";

const data = ".bridge/data";
const url = "postgres://bridge@db.example.com/bridge";

test("the database is the embedded one unless DATABASE_URL is set", () => {
  expect(databaseOf({ data }, {})).toEqual({ kind: "pglite", dataDir: data });
  expect(databaseOf({ data }, { DATABASE_URL: url })).toEqual({ kind: "postgres", url });
});

test.each(["postgres", "citus", "yugabytedb", "cockroachdb"])("BRIDGE_DATABASE_BACKEND may be %s", (backend) => {
  const environment = { DATABASE_URL: url, BRIDGE_DATABASE_BACKEND: backend };
  expect(databaseOf({ data }, environment)).toEqual({ kind: "postgres", url, backend });
});

test("an unknown backend, or one without an address, is an error with advice", () => {
  expect(() => databaseOf({ data }, { DATABASE_URL: url, BRIDGE_DATABASE_BACKEND: "mysql" })).toThrow(
    'BRIDGE_DATABASE_BACKEND is "mysql"; it must be one of postgres, citus, yugabytedb, cockroachdb.',
  );
  expect(() => databaseOf({ data }, { BRIDGE_DATABASE_BACKEND: "citus" })).toThrow("DATABASE_URL is not set");
});
