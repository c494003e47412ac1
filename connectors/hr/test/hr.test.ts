import { createConnection, isConfigError } from "@bridgekit/core/run";
import { expect, test } from "vitest";
import { hr } from "../src/index.ts";

type ConfigOf<System extends "odoo" | "bamboohr"> = NonNullable<
  ReturnType<typeof hr<System>>["config"]["~standard"]["types"]
>["input"];

test("each system has its own config: a field of another one is a compile error", () => {
  const odoo = { url: "https://hr.example.com", apiKey: "x", database: "main" } satisfies ConfigOf<"odoo">;
  const bamboohr = { company: "acme", apiKey: "x", timeZone: "America/Denver" } satisfies ConfigOf<"bamboohr">;
  // @ts-expect-error Odoo's database is no field of BambooHR
  const mixed: ConfigOf<"bamboohr"> = { company: "acme", apiKey: "x", database: "main" };
  // @ts-expect-error BambooHR needs a company
  const lacking: ConfigOf<"bamboohr"> = { apiKey: "x" };
  expect([odoo, bamboohr, mixed, lacking]).toHaveLength(4);
});

test("an unknown system is refused with the names of the known ones", () => {
  // @ts-expect-error there is no such system
  expect(() => hr({ system: "personio" })).toThrow('Unknown system "personio" in hr(); known are odoo, bamboohr.');
  // @ts-expect-error what every object has is no system either
  expect(() => hr({ system: "constructor" })).toThrow("known are odoo, bamboohr.");
});

test("systems have departments and employees under the same slugs", () => {
  for (const system of ["odoo", "bamboohr"] as const) {
    const { department, account } = hr({ system }).resourceTypes;
    expect([department, account]).toEqual([
      { type: "group", name: "Department" },
      { type: "account", name: "Employee" },
    ]);
  }
});

test.each([
  {
    config: { company: "https://acme.bamboohr.com" },
    says: 'config.company is wrong: must be the subdomain before ".bamboohr.com"',
  },
  { config: { timeZone: "Denver" }, says: "config.timeZone is wrong: must be the name of a time zone" },
  { config: { url: "https://acme.bamboohr.com" }, says: "takes company, apiKey, apiUrl, terminatedStatus, timeZone." },
])("a config of BambooHR with $config is refused", async ({ config, says }) => {
  const connecting = createConnection(hr({ system: "bamboohr" }), { company: "acme", apiKey: "canary", ...config });
  const error = await connecting.catch((thrown: unknown) => thrown);
  expect(isConfigError(error)).toBe(true);
  expect((error as Error).message).toContain(says);
  expect((error as Error).message).not.toContain("canary");
});
