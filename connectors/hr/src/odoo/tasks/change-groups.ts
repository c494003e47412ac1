import { TaskError, type Ref, type RefChange } from "@bridgekit/core";
import type { OdooClient } from "../odoo-client.ts";
import type { ListCommand } from "../odoo-models.ts";
import { toRefId } from "./to-id.ts";

/** Fails where a group that a task gives is gone: Odoo would say that another model is using it. */
export async function findGroups(odoo: OdooClient, added: readonly Ref[]): Promise<void> {
  if (added.length === 0) return;
  const ids = added.map((ref) => toRefId("access group", ref.id));
  const found = new Set((await odoo.findGroups(ids)).map(({ id }) => id));
  const missing = added.filter((ref) => !found.has(Number(ref.id)));
  if (missing.length > 0)
    throw new TaskError(
      "INTERNAL_ERROR",
      `${odoo.system} has no ${describe(missing)}; the next sync shows those it has.`,
    );
}

/** Gives and takes groups in one write, then reads back: what another group implies stays, and that is a failure. */
export async function changeGroups(
  odoo: OdooClient,
  userId: number,
  { added = [], removed = [] }: RefChange,
): Promise<void> {
  const commands: ListCommand[] = [
    ...added.map((ref): ListCommand => [4, toRefId("access group", ref.id)]),
    ...removed.map((ref): ListCommand => [3, toRefId("access group", ref.id)]),
  ];
  if (commands.length === 0) return;
  await odoo.updateUser(userId, { group_ids: commands });

  const { group_ids, all_group_ids } = await odoo.getUser(userId);
  const kept = removed.filter((ref) => all_group_ids.includes(Number(ref.id)));
  const lacking = added.filter((ref) => !group_ids.includes(Number(ref.id)));
  if (kept.length > 0)
    throw new TaskError(
      "INTERNAL_ERROR",
      `User ${userId} still has ${describe(kept)}: another group of the user implies it. Take that group away as well.`,
    );
  if (lacking.length > 0)
    throw new TaskError(
      "INTERNAL_ERROR",
      `Odoo accepted the change, but user ${userId} still lacks ${describe(lacking)}.`,
    );
}

function describe(refs: readonly Ref[]): string {
  return refs.map(({ id, name }) => (name ? `access group "${name}" (${id})` : `access group ${id}`)).join(", ");
}
