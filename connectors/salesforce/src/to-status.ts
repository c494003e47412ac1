export type RecordStatus = "active" | "suspended" | "inactive";

/** A frozen user can't sign in and keeps the license; an inactive one has none. Undefined where it can't be told. */
export function toStatus(isActive: unknown, isFrozen: unknown): RecordStatus | undefined {
  if (isActive === false) return "inactive";
  if (isActive !== true || typeof isFrozen !== "boolean") return undefined;
  return isFrozen ? "suspended" : "active";
}
