import type { LiveRecord, RefMap } from "@bridgekit/client";

/** The refs of a record. Fields of a group or license that are called like those of an account may have any value. */
export function refsOf({ memberships, assignments }: LiveRecord["data"]): RefMap {
  return { ...(isRefs(memberships) && memberships), ...(isRefs(assignments) && assignments) };
}

export function isRefs(value: unknown): value is RefMap {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(isRefList);
}

function isRefList(value: unknown): boolean {
  return Array.isArray(value) && value.every((ref: { id?: unknown } | null) => typeof ref?.id === "string");
}
