import { defineStandIn } from "@bridgekit/sandbox";
import { createBambooSandbox } from "./bamboohr/create-sandbox.ts";
import { createOdooSandbox } from "./odoo/create-sandbox.ts";

const connected = (system: string, config: (url: string) => object) => ({
  app: system,
  from: "@bridgekit/connector-hr",
  imported: "hr",
  connector: `hr({ system: "${system}" })`,
  config,
});

/** The stand-ins of this package by name, for starting them by hand. */
export const standIns = {
  odoo: defineStandIn({
    title: "Odoo",
    create: (people) => ({
      sandbox: createOdooSandbox({ seed: { employees: people } }),
      connected: connected("odoo", (url) => ({ url, apiKey: "odoo-sandbox-key" })),
    }),
  }),
  bamboohr: defineStandIn({
    title: "BambooHR",
    create: (people) => ({
      sandbox: createBambooSandbox({ seed: { employees: people } }),
      connected: connected("bamboohr", (url) => ({ company: "acme", apiKey: "bamboo-sandbox-key", apiUrl: url })),
    }),
  }),
};
