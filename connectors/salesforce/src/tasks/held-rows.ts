import type { RefChange } from "@bridgekit/core";
import { permissionSetAssignments, QUERIES_OF } from "../queries.ts";
import { toGroupSlug, toHeld, type AssignedSlug } from "../read-assignments.ts";
import type { SalesforceClient } from "../salesforce-client.ts";
import type { SalesforceConfig } from "../salesforce-config.ts";
import { toId18 } from "../salesforce-ids.ts";
import type { GroupMemberRow, LicenseAssignmentRow, PermissionSetAssignmentRow } from "../salesforce-models.ts";

/** Something that a user has, and the row by which. */
export interface HeldRow {
  slug: AssignedSlug;
  /** Of what the user has, in 18 characters. */
  id: string;
  /** Of the assignment: what is deleted to take it away. */
  rowId: string;
}

export type Changes = Partial<Record<AssignedSlug, RefChange | undefined>>;

/** What a user has of the types that are to change. */
export async function readHeldRows(
  salesforce: SalesforceClient,
  without: SalesforceConfig["without"],
  userId: string,
  slugs: readonly string[],
): Promise<HeldRow[]> {
  const held: HeldRow[] = [];
  if (slugs.includes("permission_set") || slugs.includes("permission_set_group")) {
    const query = permissionSetAssignments(!without.includes("permission_set_group"), userId);
    for await (const row of salesforce.query<PermissionSetAssignmentRow>(query)) {
      const what = toHeld(row);
      if (what) held.push({ slug: what.slug, id: toId18(what.id), rowId: row.Id });
    }
  }
  if (slugs.includes("public_group") || slugs.includes("queue"))
    for await (const row of salesforce.query<GroupMemberRow>(QUERIES_OF.members(userId)))
      held.push({ slug: toGroupSlug(row), id: toId18(row.GroupId), rowId: row.Id });
  if (slugs.includes("permission_set_license"))
    for await (const row of salesforce.query<LicenseAssignmentRow>(QUERIES_OF.licenseAssignments(userId)))
      held.push({ slug: "permission_set_license", id: toId18(row.PermissionSetLicenseId), rowId: row.Id });
  return held;
}
