import type { Kysely } from "kysely";
import type { Tables } from "../database/schema.ts";
import { NotFoundError } from "../http/http-error.ts";

/**
 * Keeps the organisation from being deleted until the transaction ends, for whoever adds a row to it: none is left behind.
 * Waits for nobody but its deletion. Throws 404 where it is gone.
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
