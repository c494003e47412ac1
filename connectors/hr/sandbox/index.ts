export { createOdooSandbox, type OdooSandbox, type OdooSandboxOptions } from "./odoo/create-sandbox.ts";
export { seedOdoo, type SeedOptions } from "./odoo/seed.ts";
export { BASE_GROUPS, GROUP } from "./odoo/base-groups.ts";
export type { Fault, FaultRule, UpstreamCall } from "./odoo/fault.ts";
export type { LoggedRequest, RunningSandbox } from "@bridgekit/testing/sandbox";
export type { NewUser, UpstreamEdits } from "./odoo/upstream-edits.ts";
export type { DepartmentRow, EmployeeRow, GroupRow, MailCount, OdooState, UserRow } from "./odoo/state.ts";
