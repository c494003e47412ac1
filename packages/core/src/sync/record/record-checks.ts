// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

function isObject(value: any): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isRef(value: any): boolean {
  return isObject(value) && typeof value.id === "string" && value.id.length >= 1 && value.id.length <= 512 && (value.name === undefined || typeof value.name === "string" && value.name.length <= 1024);
}

function isRefMapEntry(value: any): boolean {
  if (!Array.isArray(value) || value.length > 100) return false;
  for (const item of value) if (!(isRef(item))) return false;
  return true;
}

function isRefMap(value: any): boolean {
  if (!isObject(value)) return false;
  for (const key in value) if (value[key] !== undefined && !(isRefMapEntry(value[key]))) return false;
  return true;
}

function isRecordStatus(value: any): boolean {
  return (value === "active" || value === "inactive" || value === "suspended");
}

function isAccountFieldsUnknownRefs(value: any): boolean {
  if (!Array.isArray(value) || value.length > 100) return false;
  for (const item of value) if (!(typeof item === "string" && item.length >= 1 && item.length <= 63)) return false;
  return true;
}

function isAccountFields(value: any): boolean {
  return isObject(value) && typeof value.id === "string" && value.id.length >= 1 && value.id.length <= 512 && (value.email === undefined || typeof value.email === "string" && value.email.length >= 1 && value.email.length <= 1024) && (value.username === undefined || typeof value.username === "string" && value.username.length >= 1 && value.username.length <= 1024) && (value.first_name === undefined || typeof value.first_name === "string" && value.first_name.length <= 1024) && (value.last_name === undefined || typeof value.last_name === "string" && value.last_name.length <= 1024) && (value.display_name === undefined || typeof value.display_name === "string" && value.display_name.length <= 1024) && (value.status === undefined || isRecordStatus(value.status)) && (value.memberships === undefined || isRefMap(value.memberships)) && (value.assignments === undefined || isRefMap(value.assignments)) && (value.continues === undefined || typeof value.continues === "boolean") && (value.unknown_refs === undefined || isAccountFieldsUnknownRefs(value.unknown_refs));
}

function isAccountRecord(value: any): boolean {
  return isAccountFields(value) && (isObject(value) && typeof value.email === "string" || isObject(value) && typeof value.username === "string");
}

function isGroupRecord(value: any): boolean {
  return isObject(value) && typeof value.id === "string" && value.id.length >= 1 && value.id.length <= 512 && typeof value.name === "string" && value.name.length >= 1 && value.name.length <= 1024 && (value.description === undefined || typeof value.description === "string" && value.description.length <= 65536);
}

function isLicenseRecord(value: any): boolean {
  return isObject(value) && typeof value.id === "string" && value.id.length >= 1 && value.id.length <= 512 && typeof value.name === "string" && value.name.length >= 1 && value.name.length <= 1024 && (value.description === undefined || typeof value.description === "string" && value.description.length <= 65536) && (value.max_count === undefined || Number.isInteger(value.max_count) && value.max_count >= 0) && (value.used_count === undefined || Number.isInteger(value.used_count) && value.used_count >= 0) && (value.is_paid === undefined || typeof value.is_paid === "boolean") && (value.is_unlimited === undefined || typeof value.is_unlimited === "boolean");
}

export const recordChecks = {
  Ref: isRef,
  RefMap: isRefMap,
  RecordStatus: isRecordStatus,
  AccountFields: isAccountFields,
  AccountRecord: isAccountRecord,
  GroupRecord: isGroupRecord,
  LicenseRecord: isLicenseRecord,
};
