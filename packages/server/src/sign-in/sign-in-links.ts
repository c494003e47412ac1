import type { Kysely } from "kysely";
import type { Tables } from "../database/schema.ts";
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

/** Creates the token of a sign-in link, which works once. */
export async function createLinkToken(
  database: Kysely<Tables>,
  { orgId, ...data }: LinkData & { orgId: string },
  now: Date,
): Promise<{ token: string; expiresAt: Date }> {
  const expiresAt = new Date(now.getTime() + LINK_MINUTES * 60_000);
  return { token: await createOneTimeToken(database, { kind: "link", orgId, data, expiresAt }, now), expiresAt };
}
