export { createOdooSandbox, type OdooSandbox, type OdooSandboxOptions } from "./create-sandbox.ts";
export { seedOdoo, type SeedOptions } from "./seed.ts";
export { BASE_GROUPS, GROUP } from "./base-groups.ts";
export type { Fault, FaultRule, UpstreamCall } from "./fault.ts";
export type { LoggedRequest, RunningSandbox } from "@bridgekit/testing/sandbox";
export type { NewUser, UpstreamEdits } from "./upstream-edits.ts";
export type { DepartmentRow, EmployeeRow, GroupRow, MailCount, OdooState, UserRow } from "./state.ts";
