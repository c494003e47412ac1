import { refused } from "../salesforce-error.ts";
import type { SalesforceOrg } from "../salesforce-org.ts";
import type { Row } from "../state.ts";

type Fields = Record<string, unknown>;

/** Salesforce's rules for a new assignment. A permission set group is assigned by the set behind it. */
export function checkAssignment(org: SalesforceOrg, name: string, fields: Fields): void {
  if (name === "PermissionSetAssignment") checkSetAssignment(org, fields);
  if (name === "PermissionSetLicenseAssign") checkLicenseAssignment(org, fields);
}

/** Salesforce returns an existing member of a group as if it were new. */
export function findSameAssignment(org: SalesforceOrg, name: string, fields: Fields): Row | undefined {
  if (name !== "GroupMember") return undefined;
  return findWith(org, name, fields, ["GroupId", "UserOrGroupId"]);
}

function checkSetAssignment(org: SalesforceOrg, fields: Fields): void {
  const groupId = fields["PermissionSetGroupId"] ?? null;
  if (groupId !== null) {
    const behind = org.rows("PermissionSet").find((set) => set["PermissionSetGroupId"] === groupId);
    fields["PermissionSetId"] = behind?.Id ?? null;
  }
  fields["PermissionSetGroupId"] = groupId;
  const setId = fields["PermissionSetId"] ?? null;
  if (setId === null)
    throw refused("REQUIRED_FIELD_MISSING", "Required fields are missing: [PermissionSetId]", "PermissionSetId");
  if (org.find("PermissionSet", setId)?.["IsOwnedByProfile"] === true)
    throw refused("FIELD_INTEGRITY_EXCEPTION", "Can't assign a permission set that a profile owns.", "PermissionSetId");
  if (findWith(org, "PermissionSetAssignment", fields, ["AssigneeId", "PermissionSetId", "PermissionSetGroupId"]))
    throw refused("DUPLICATE_VALUE", "Duplicate PermissionSetAssignment. Assignee and permission set must be unique.");
}

function checkLicenseAssignment(org: SalesforceOrg, fields: Fields): void {
  if (findWith(org, "PermissionSetLicenseAssign", fields, ["AssigneeId", "PermissionSetLicenseId"]))
    throw refused("DUPLICATE_VALUE", "duplicate value found: <unknown> duplicates value on record with id: <unknown>");
  const license = org.find("PermissionSetLicense", fields["PermissionSetLicenseId"])!;
  if (org.usedSetLicenses(license.Id) >= (license["TotalLicenses"] as number))
    throw refused("LICENSE_LIMIT_EXCEEDED", `There aren't enough ${String(license["MasterLabel"])} licenses.`);
}

function findWith(org: SalesforceOrg, name: string, fields: Fields, keys: readonly string[]): Row | undefined {
  return org.rows(name).find((row) => keys.every((key) => (row[key] ?? null) === (fields[key] ?? null)));
}
