import type { Kysely } from "kysely";
import { deleteApps } from "../apps/delete-apps.ts";
import type { Tables } from "../database/schema.ts";
import { orderDeletion } from "../deletion/order-deletion.ts";

/**
 * Deletes an organisation: after the commit its keys are unknown and nothing finds it. Its remaining rows are deleted
 * in the background. Returns its id; undefined if no organisation has this slug.
 */
export async function deleteOrg(
  transaction: Kysely<Tables>,
  slug: string,
  { now, announce }: { now: Date; announce: (transaction: Kysely<Tables>, orgId: string) => Promise<void> },
): Promise<string | undefined> {
  const found = await transaction.selectFrom("orgs").select("id").where("slug", "=", slug).executeTakeFirst();
  if (found === undefined) return undefined;
  // Apps before their organisation: all who publish changes of an app lock in this order.
  const apps = await transaction
    .selectFrom("apps")
    .select(["id", "clone_group_id"])
    .where("org_id", "=", found.id)
    .orderBy("id")
    .forUpdate()
    .execute();
  await deleteApps(transaction, apps, now);
  const { numDeletedRows } = await transaction.deleteFrom("orgs").where("id", "=", found.id).executeTakeFirst();
  if (numDeletedRows !== 1n) return undefined;
  // Apps that were created meanwhile; their creation locks the organisation.
  const late = await transaction
    .selectFrom("apps")
    .select(["id", "clone_group_id"])
    .where("org_id", "=", found.id)
    .execute();
  await deleteApps(transaction, late, now);
  await orderDeletion(transaction, "org", [found.id]);
  await announce(transaction, found.id);
  return found.id;
}
