import { forbidden, notFound, unauthorized } from "./jira-error.ts";

/** The rights of a token's user; each includes those before it. */
const ROLES = ["user", "browser", "administrator", "site-administrator"] as const;
export type Role = (typeof ROLES)[number];

export interface Credential {
  /** The email of a user of the site. */
  email: string;
  apiToken: string;
  role: Role;
}

export interface Caller {
  accountId: string;
  /** *Browse users and groups*. */
  mayBrowse: boolean;
  /** *Administer Jira*. */
  mayAdminister: boolean;
  /** Member of the site's administrators, who may change groups and remove users. */
  isSiteAdmin: boolean;
}

export function toCaller(accountId: string, role: Role): Caller {
  const rank = ROLES.indexOf(role);
  return { accountId, mayBrowse: rank >= 1, mayAdminister: rank >= 2, isSiteAdmin: rank >= 3 };
}

/** The credential of `Authorization: Basic base64(email:apiToken)`. */
export function readBasic(authorization: string | null, credentials: readonly Credential[]): Credential {
  const encoded = /^basic\s+(\S+)$/i.exec(authorization ?? "")?.[1];
  const text = Buffer.from(encoded ?? "", "base64").toString();
  const found = credentials.find(({ email, apiToken }) => text === `${email}:${apiToken}`);
  if (!found) throw unauthorized();
  return found;
}

export function demandBrowse({ mayBrowse, mayAdminister }: Caller): void {
  if (!mayBrowse && !mayAdminister) throw forbidden("Browse users and groups permission is required to view groups.");
}

export function demandAdmin({ mayAdminister }: Caller, what: string): void {
  if (!mayAdminister) throw forbidden(`Only Jira administrators can ${what}.`);
}

export function demandSiteAdmin({ isSiteAdmin }: Caller): void {
  if (!isSiteAdmin) throw forbidden("You do not have permission to perform this operation.");
}

/** Jira shows the roles of a project to its administrators, and returns 404 to others. */
export function demandProjectAdmin({ mayAdminister }: Caller, project: string): void {
  if (!mayAdminister) throw notFound(`No project could be found with key '${project}'.`);
}
