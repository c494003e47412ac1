export { createOdooSandbox, type OdooSandbox, type OdooSandboxOptions } from "./odoo/create-sandbox.ts";
export { seedOdoo, type SeedOptions } from "./odoo/seed.ts";
export { BASE_GROUPS, GROUP } from "./odoo/base-groups.ts";
export type { Fault, FaultRule, UpstreamCall } from "./odoo/fault.ts";
export type { LoggedRequest, RunningSandbox } from "@bridgekit/sandbox";
export type { NewUser, UpstreamEdits } from "./odoo/upstream-edits.ts";
export type { CompanyRow, DepartmentRow, EmployeeRow, GroupRow, MailCount, OdooState, UserRow } from "./odoo/state.ts";
export { createBambooSandbox, type BambooSandbox, type BambooSandboxOptions } from "./bamboohr/create-sandbox.ts";
export type { Access, AccessOptions } from "./bamboohr/access.ts";
export type { BambooCompany } from "./bamboohr/bamboo-company.ts";
export { tooManyRequests, tooManyRequestsInBody, type TooManyRequestsOptions } from "./bamboohr/faults.ts";
export { seedBamboo, type SeedOptions as BambooSeedOptions } from "./bamboohr/seed.ts";
export type {
  BambooEmployeeRow,
  BambooState,
  BambooUserRow,
  EmploymentStatusRow,
  JobInfoRow,
  ListName,
  OptionRow,
} from "./bamboohr/state.ts";
export type { NewHire, UpstreamEdits as BambooUpstreamEdits } from "./bamboohr/upstream-edits.ts";
export { standIns } from "./stand-ins.ts";
