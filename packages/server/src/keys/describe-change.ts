import type { components } from "@bridgekit/client";
import type { KeyRow } from "./insert-key.ts";

type AuditDetails = components["schemas"]["AuditDetails"];

/** What the audit trail keeps of a key that was made. */
export function describeMade({ id, name, role, app_ids, expires_at }: KeyRow): AuditDetails {
  const after = { name, role, app_ids, expires_at: expires_at?.toISOString() ?? null };
  return { key_id: id, before: null, after };
}

/** And of one that was revoked, which the path names. */
export function describeRevoked(revokedAt: Date): AuditDetails {
  return { before: { revoked_at: null }, after: { revoked_at: revokedAt.toISOString() } };
}
