export type RecordStatus = "active" | "suspended" | "inactive";

/** A frozen user can't sign in and keeps the license; an inactive one has none. Undefined where it can't be told. */
export function toStatus(isActive: boolean, isFrozen: boolean | undefined): RecordStatus | undefined {
  if (!isActive) return "inactive";
  if (isFrozen === undefined) return undefined;
  return isFrozen ? "suspended" : "active";
}
