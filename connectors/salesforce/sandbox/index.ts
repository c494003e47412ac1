export { createSalesforceSandbox, type SalesforceSandbox, type SalesforceSandboxOptions } from "./create-sandbox.ts";
export type { ClientApp } from "./oauth.ts";
export type { SalesforceOrg } from "./salesforce-org.ts";
export { INTEGRATION_USERNAME, seedSalesforce, type SeedOptions } from "./seed.ts";
export type { Row, SalesforceState } from "./state.ts";
export type { Usage } from "./usage.ts";
export { standIns } from "./stand-ins.ts";
