import { toOptionalText, type Ref } from "@bridgekit/core";
import type { JiraUser } from "./jira-models.ts";
import { isSuspended, type OrganizationUser } from "./organization-client.ts";

export interface AccountRefs {
  groups: readonly Ref[];
  projectRoles: readonly Ref[];
  products: readonly Ref[];
}

/** The account of a user. Jira has one name field only, and often no email: then the account id is the username. */
export function toAccount(
  user: JiraUser,
  known: OrganizationUser | undefined,
  { partial, ...refs }: AccountRefs & { partial: (reason: string) => void },
) {
  const text = (value: unknown, field: string) =>
    toOptionalText(value, `Jira's ${field} of user ${user.accountId}`, partial);
  const email =
    text(user.emailAddress, "emailAddress") ??
    toOptionalText(known?.email, `the organization's email of user ${user.accountId}`, partial);
  const name = text(user.displayName, "displayName");
  const status = toStatus(user, known);
  if (!status) partial(`Jira does not tell whether user ${user.accountId} is active`);
  return {
    id: user.accountId,
    ...(email ? { email } : { username: user.accountId }),
    ...(name && { display_name: name }),
    ...(status && { status }),
    memberships: { group: sorted(refs.groups), project_role: sorted(refs.projectRoles) },
    assignments: { product: sorted(refs.products) },
  } as const;
}

function toStatus({ active }: JiraUser, known: OrganizationUser | undefined) {
  if (known && isSuspended(known)) return "suspended" as const;
  if (typeof active !== "boolean") return undefined;
  return active ? ("active" as const) : ("inactive" as const);
}

/** Groups come in the order of their names; by id, an account that did not change reads the same. */
function sorted(refs: readonly Ref[]): Ref[] {
  return refs.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
