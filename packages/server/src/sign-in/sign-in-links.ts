import type { Kysely } from "kysely";
import type { Tables } from "../database/schema.ts";
import { keepOrg } from "../orgs/keep-org.ts";
import { createOneTimeToken } from "./one-time-tokens.ts";
import type { UserRole } from "./sign-in-options.ts";

export interface LinkData {
  /** Whom the audit trail names. */
  name: string;
  role: UserRole;
  /** Slug. */
  org: string;
}

const LINK_MINUTES = 10;

/** Creates the token of a sign-in link, which works once. Throws 404 if the organisation is gone. */
export async function createLinkToken(
  transaction: Kysely<Tables>,
  { orgId, ...data }: LinkData & { orgId: string },
  now: Date,
): Promise<{ token: string; expiresAt: Date }> {
  await keepOrg(transaction, orgId);
  const expiresAt = new Date(now.getTime() + LINK_MINUTES * 60_000);
  return { token: await createOneTimeToken(transaction, { kind: "link", orgId, data, expiresAt }, now), expiresAt };
}
