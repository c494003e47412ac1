import type { Kysely } from "kysely";
import type { Tables } from "../database/schema.ts";
import { NotFoundError } from "../http/http-error.ts";

/**
 * Protects the organisation from deletion until the transaction ends, for transactions that add rows to it, so that
 * none is left behind. Waits only for its deletion. Throws 404 if it is gone.
 */
export async function keepOrg(transaction: Kysely<Tables>, orgId: string): Promise<void> {
  const org = await transaction
    .selectFrom("orgs")
    .select("id")
    .where("id", "=", orgId)
    .forKeyShare()
    .executeTakeFirst();
  if (org === undefined) throw orgIsGone();
}

export function orgIsGone(): NotFoundError {
  return new NotFoundError("The organisation was deleted.");
}
