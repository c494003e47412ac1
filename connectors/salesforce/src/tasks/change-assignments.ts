import type { AssignedSlug } from "../read-assignments.ts";
import type { SalesforceClient } from "../salesforce-client.ts";
import { isSalesforceError } from "../salesforce-errors.ts";
import { toId18 } from "../salesforce-ids.ts";
import type { Changes, HeldRow } from "./held-rows.ts";

/** Where an assignment of a type is kept, and in which fields it names what and whom. */
const OBJECTS: Readonly<Record<AssignedSlug, { object: string; what: string; whom: string }>> = {
  // A permission set may need its license, so licenses are given first and taken last.
  permission_set_license: {
    object: "PermissionSetLicenseAssign",
    what: "PermissionSetLicenseId",
    whom: "AssigneeId",
  },
  permission_set: { object: "PermissionSetAssignment", what: "PermissionSetId", whom: "AssigneeId" },
  permission_set_group: { object: "PermissionSetAssignment", what: "PermissionSetGroupId", whom: "AssigneeId" },
  public_group: { object: "GroupMember", what: "GroupId", whom: "UserOrGroupId" },
  queue: { object: "GroupMember", what: "GroupId", whom: "UserOrGroupId" },
};
const ORDER = Object.keys(OBJECTS) as AssignedSlug[];

export async function addAssignments(
  salesforce: SalesforceClient,
  userId: string,
  changes: Changes,
  held: readonly HeldRow[],
  done: string[],
): Promise<void> {
  for (const slug of ORDER)
    for (const { id } of changes[slug]?.added ?? []) {
      if (held.some((row) => row.slug === slug && row.id === toId18(id))) continue;
      const { object, what, whom } = OBJECTS[slug];
      try {
        await salesforce.createAssignment(object, { [whom]: userId, [what]: id });
      } catch (error) {
        // Somebody was faster, or the answer to the first attempt was lost.
        if (!isSalesforceError(error, "DUPLICATE_VALUE", "DUPLICATES_DETECTED")) throw error;
      }
      done.push(`added ${slug} ${id}`);
    }
}

export async function removeAssignments(
  salesforce: SalesforceClient,
  changes: Changes,
  held: readonly HeldRow[],
  done: string[],
): Promise<void> {
  for (const slug of ORDER.toReversed())
    for (const { id } of changes[slug]?.removed ?? [])
      for (const { rowId } of held.filter((row) => row.slug === slug && row.id === toId18(id))) {
        try {
          await salesforce.deleteAssignment(OBJECTS[slug].object, rowId);
        } catch (error) {
          if (!isSalesforceError(error, "NOT_FOUND", "ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY")) throw error;
        }
        done.push(`removed ${slug} ${id}`);
      }
}
