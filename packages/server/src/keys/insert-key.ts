import type { Kysely, Selectable } from "kysely";
import type { components } from "@bridgekit/client";
import type { Tables } from "../database/schema.ts";
import { newKey } from "./secret.ts";

type KeyCreate = components["schemas"]["KeyCreate"];

/** All columns of a key except the hashes of its secrets, which only authentication reads. */
export const KEY_COLUMNS = [
  "id",
  "org_id",
  "name",
  "role",
  "app_ids",
  "created_at",
  "expires_at",
  "revoked_at",
  "last_used_at",
  "old_secret_expires_at",
  "old_secret_used_at",
] as const satisfies (keyof Tables["api_keys"])[];

export type KeyRow = Pick<Selectable<Tables["api_keys"]>, (typeof KEY_COLUMNS)[number]>;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Why a key cannot have this limit; undefined if it can. */
export async function findBrokenLimit(
  database: Kysely<Tables>,
  orgId: string,
  { role, app_ids: appIds }: Pick<KeyCreate, "role" | "app_ids">,
): Promise<string | undefined> {
  if (appIds == null) return undefined;
  if (role !== "connector") return `app_ids: only a connector's key is limited to apps; the role is ${role}`;
  const found = await database
    .selectFrom("apps")
    .select("id")
    .where("org_id", "=", orgId)
    .where((row) => row("id", "=", row.fn.any(row.val(appIds))))
    .execute();
  const known = new Set(found.map(({ id }) => id));
  const unknown = appIds.find((id) => !known.has(id.toLowerCase()));
  return unknown === undefined ? undefined : `app_ids: the organisation has no app ${unknown}`;
}

/** Creates a key. `key` is the secret, of which only a hash is stored. */
export async function insertKey(
  database: Kysely<Tables>,
  { orgId, now, ...options }: KeyCreate & { orgId: string; now: Date },
): Promise<{ row: KeyRow; key: string }> {
  const { name, role, app_ids: appIds = null, expires_in_days: days = null } = options;
  const { id, key, secretHash } = newKey();
  const row = await database
    .insertInto("api_keys")
    .values({
      id,
      org_id: orgId,
      name,
      role,
      app_ids: appIds === null ? null : [...new Set(appIds.map((appId) => appId.toLowerCase()))],
      secret_hash: secretHash,
      created_at: now,
      expires_at: days === null ? null : new Date(now.getTime() + days * DAY_MS),
      revoked_at: null,
    })
    .returning(KEY_COLUMNS)
    .executeTakeFirstOrThrow();
  return { row, key };
}
