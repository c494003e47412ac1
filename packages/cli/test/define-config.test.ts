import { hr } from "@bridgekit/connector-hr";
import { expect, test } from "vitest";
import { defineConfig } from "../src/index.ts";

const odoo = hr({ system: "odoo" });
const config = { url: "https://hr.example.com", apiKey: "x" };

test("each app's config has the type of its connector", () => {
  const defined = defineConfig({
    apps: { emea: { connector: odoo, config }, apac: { connector: odoo, cloneFrom: "emea", config } },
  });
  expect(Object.keys(defined.apps)).toEqual(["emea", "apac"]);
  const bamboohr = { connector: hr({ system: "bamboohr" }), config: { company: "acme", apiKey: "x" } };
  expect(defineConfig({ apps: { emea: { connector: odoo, config }, us: bamboohr } }).apps.us.config.company).toBe(
    "acme",
  );
});

test("a config that does not fit the connector is a compile error", () => {
  // @ts-expect-error apiKey is missing
  defineConfig({ apps: { emea: { connector: odoo, config: { url: "https://hr.example.com" } } } });
  // @ts-expect-error BambooHR has no url; it has a company
  defineConfig({ apps: { emea: { connector: hr({ system: "bamboohr" }), config } } });
  // @ts-expect-error no such key
  defineConfig({ aps: {} });
});
