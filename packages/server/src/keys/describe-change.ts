import type { components } from "@bridgekit/client";
import type { KeyRow } from "./insert-key.ts";

type AuditDetails = components["schemas"]["AuditDetails"];

/** What the audit trail keeps of a new key. */
export function describeMade({ id, name, role, app_ids, expires_at }: KeyRow): AuditDetails {
  const after = { name, role, app_ids, expires_at: expires_at?.toISOString() ?? null };
  return { key_id: id, before: null, after };
}

/** What it keeps of a revoked one; the path names the key. */
export function describeRevoked(revokedAt: Date): AuditDetails {
  return { before: { revoked_at: null }, after: { revoked_at: revokedAt.toISOString() } };
}
