export { createJiraSandbox, type JiraSandbox, type JiraSandboxOptions } from "./create-sandbox.ts";
export type { Credential, Role } from "./caller.ts";
export type { JiraSite } from "./jira-site.ts";
export type { OrganizationSettings } from "./organization.ts";
export { seedJira, type SeedOptions } from "./seed.ts";
export type { ActorRow, GroupRow, JiraState, ProductRow, ProjectRow, RoleRow, UserRow } from "./state.ts";
export { standIns } from "./stand-ins.ts";
