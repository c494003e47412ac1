import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import { checkOffset, countRows } from "../http/counted-list.ts";
import { decodeMoment, toPage } from "../http/cursor.ts";
import { HttpError, NotFoundError, problem } from "../http/http-error.ts";
import type { Handlers } from "../http/operation.ts";
import { toCursorLinks } from "../http/page-links.ts";
import { keepOrg } from "../orgs/keep-org.ts";
import { describeMade, describeRevoked } from "./describe-change.ts";
import { endOverlap, oldSecretOf, rotateKey } from "./rotate-key.ts";
import { findBrokenLimit, insertKey, KEY_COLUMNS, type KeyRow } from "./insert-key.ts";

type KeyHandlers = Pick<Handlers, "listKeys" | "createKey" | "revokeKey" | "rotateKey" | "deleteOldSecret">;

export function createKeyHandlers({ database, authenticator, now }: BridgeContext): KeyHandlers {
  return {
    async listKeys({ key, query: { limit = 50, offset = 0, cursor }, url }) {
      // The id of a key is any text.
      const after = decodeMoment(cursor, () => true);
      if (after === undefined) checkOffset(offset);
      const ofOrg = database.selectFrom("api_keys").where("org_id", "=", key.orgId);
      const rows = await ofOrg
        .$if(after !== undefined, (query) =>
          query.where(sql<boolean>`(created_at, id) < (${after?.[0]}::timestamptz, ${after?.[1]})`),
        )
        .select(KEY_COLUMNS)
        .orderBy("created_at", "desc")
        .orderBy("id", "desc")
        .limit(limit + 1)
        .offset(after === undefined ? offset : 0)
        .execute();
      const { page, cursor: next } = toPage(rows, limit, ({ created_at, id }) => [created_at.toISOString(), id]);
      const links = toCursorLinks(url, { limit, offset, cursor: next });
      return {
        status: 200,
        body: {
          keys: page.map((row) => toKey(row, now())),
          ...(await countRows(database, ofOrg.orderBy("created_at"))),
          ...links,
        },
      };
    },

    async createKey({ key: { orgId }, body, remember }) {
      const broken = await findBrokenLimit(database, orgId, body);
      if (broken !== undefined) return problem(422, broken);
      return database.transaction().execute(async (transaction) => {
        await keepOrg(transaction, orgId);
        const { row, key } = await insertKey(transaction, { ...body, orgId, now: now() });
        const response = { status: 201, body: { ...toKey(row, now()), key }, details: describeMade(row) } as const;
        await remember(transaction, response);
        return response;
      });
    },

    async revokeKey({ key, path }) {
      if (path.key_id === key.id) return problem(409, "A key cannot revoke itself; use another administrator's.");
      const revokedAt = now();
      const isRevoked = await database
        .transaction()
        .execute((transaction) => revoke(transaction, { keyId: path.key_id, by: key, now: revokedAt }));
      authenticator.forget(path.key_id);
      return { status: 204, ...(isRevoked && { details: describeRevoked(revokedAt) }) };
    },

    async rotateKey({ key: { orgId }, path: { key_id: id }, body: { overlap_hours: overlapHours }, remember }) {
      await checkOrg(database, orgId, id);
      const response = await database.transaction().execute(async (transaction) => {
        const rotated = await rotateKey(transaction, { id, overlapHours, now: now() });
        if (rotated === undefined) throw noSuchKey(id);
        if ("refusal" in rotated) return problem(409, rotated.refusal);
        const { row, key, details } = rotated;
        const response = { status: 201, body: { ...toKey(row, now()), key }, details } as const;
        await remember(transaction, response);
        return response;
      });
      authenticator.forget(id);
      return response;
    },

    async deleteOldSecret({ key: { orgId, secretHash }, path: { key_id: id } }) {
      await checkOrg(database, orgId, id);
      const ended = await database
        .transaction()
        .execute((transaction) => endOverlap(transaction, { id, callerHash: secretHash, now: now() }));
      if (ended === undefined) throw noSuchKey(id);
      if ("refusal" in ended) return problem(409, ended.refusal);
      authenticator.forget(id);
      return { status: 204, ...(ended.details !== undefined && { details: ended.details }) };
    },
  };
}

/**
 * Returns whether the key was valid until now. If two keys revoke each other at the same instant, the later one finds
 * itself revoked.
 */
async function revoke(
  transaction: Kysely<Tables>,
  { keyId, by, now }: { keyId: string; by: { id: string; orgId: string }; now: Date },
): Promise<boolean> {
  const keys = await transaction
    .selectFrom("api_keys")
    .select(["id", "revoked_at"])
    .where("org_id", "=", by.orgId)
    .where("id", "in", [keyId, by.id])
    .orderBy("id")
    .forUpdate()
    .execute();
  if (keys.some(({ id, revoked_at }) => id === by.id && revoked_at !== null))
    throw new HttpError(403, "The API key was revoked just now.");
  if (!keys.some(({ id }) => id === keyId)) throw noSuchKey(keyId);
  const { numUpdatedRows } = await transaction
    .updateTable("api_keys")
    .set({ revoked_at: now })
    .where("id", "=", keyId)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** A key never changes its organisation, so it may be checked before the key is locked. */
async function checkOrg(database: Kysely<Tables>, orgId: string, id: string): Promise<void> {
  const key = await database.selectFrom("api_keys").select("org_id").where("id", "=", id).executeTakeFirst();
  if (key?.org_id !== orgId) throw noSuchKey(id);
}

function noSuchKey(id: string): NotFoundError {
  return new NotFoundError(`No API key has the id ${id}.`);
}

function toKey(row: KeyRow, now: Date): components["schemas"]["Key"] {
  const old = oldSecretOf(row, now);
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    app_ids: row.app_ids,
    created_at: row.created_at.toISOString(),
    expires_at: row.expires_at?.toISOString() ?? null,
    revoked_at: row.revoked_at?.toISOString() ?? null,
    last_used_at: row.last_used_at?.toISOString() ?? null,
    old_secret: old && {
      expires_at: old.expiresAt.toISOString(),
      last_used_at: old.lastUsedAt?.toISOString() ?? null,
    },
  };
}
