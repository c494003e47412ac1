import type { Kysely } from "kysely";
import type { components } from "@bridgekit/client";
import type { Tables } from "../database/schema.ts";
import { KEY_COLUMNS, type KeyRow } from "./insert-key.ts";
import { newSecret } from "./secret.ts";

type AuditDetails = components["schemas"]["AuditDetails"];

const HOUR_MS = 60 * 60 * 1000;

/** The outcome of changing a key's secrets; `undefined` if there is no such key. */
type Outcome<Done> = Done | { refusal: string } | undefined;

/** Gives a key a new secret, `key`; the current one stays valid for some hours. */
export async function rotateKey(
  transaction: Kysely<Tables>,
  { id, overlapHours, now }: { id: string; overlapHours: number; now: Date },
): Promise<Outcome<{ row: KeyRow; key: string; details: AuditDetails }>> {
  const before = await lockKey(transaction, id);
  if (before === undefined) return undefined;
  const { revoked_at: revokedAt, expires_at: expiresAt, old_secret_expires_at: oldUntil } = before;
  if (revokedAt !== null) return { refusal: `The API key was revoked on ${revokedAt.toISOString()}; create another.` };
  if (expiresAt !== null && expiresAt <= now)
    return { refusal: `The API key expired on ${expiresAt.toISOString()}; create another.` };
  if (oldUntil !== null && oldUntil > now)
    return {
      refusal:
        `The API key was rotated, and its old secret is valid until ${oldUntil.toISOString()}. ` +
        `End that overlap first (bridgekit keys end-overlap ${id}), or create another key.`,
    };
  const { key, secretHash } = newSecret(id);
  const until = new Date(now.getTime() + overlapHours * HOUR_MS);
  const row = await transaction
    .updateTable("api_keys")
    .set({
      secret_hash: secretHash,
      old_secret_hash: before.secret_hash,
      old_secret_expires_at: until,
      old_secret_used_at: null,
    })
    .where("id", "=", id)
    .returning(KEY_COLUMNS)
    .executeTakeFirstOrThrow();
  const details = { before: null, after: { old_secret_expires_at: until.toISOString() } };
  return { row, key, details };
}

/** Ends the overlap of a rotated key, unless the caller itself uses the old secret. */
export async function endOverlap(
  transaction: Kysely<Tables>,
  { id, callerHash, now }: { id: string; callerHash: string | undefined; now: Date },
): Promise<Outcome<{ orgId: string; details: AuditDetails | undefined }>> {
  const before = await lockKey(transaction, id);
  if (before === undefined) return undefined;
  const { org_id: orgId, old_secret_hash: oldHash, old_secret_expires_at: oldUntil } = before;
  if (oldHash === null || oldUntil === null || oldUntil <= now) return { orgId, details: undefined };
  if (oldHash === callerHash) return { refusal: "This call was made with the old secret; make it with the new one." };
  await transaction
    .updateTable("api_keys")
    .set({ old_secret_hash: null, old_secret_expires_at: null, old_secret_used_at: null })
    .where("id", "=", id)
    .execute();
  return { orgId, details: { before: { old_secret_expires_at: oldUntil.toISOString() }, after: null } };
}

/** The secret before the last rotation, while it is valid. */
export function oldSecretOf(
  { old_secret_expires_at: expiresAt, old_secret_used_at: lastUsedAt }: KeyRow,
  now: Date,
): { expiresAt: Date; lastUsedAt: Date | null } | null {
  return expiresAt !== null && expiresAt > now ? { expiresAt, lastUsedAt } : null;
}

function lockKey(transaction: Kysely<Tables>, id: string) {
  return transaction.selectFrom("api_keys").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
}
