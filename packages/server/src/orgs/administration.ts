import { randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import type { components } from "@bridgekit/client";
import { insertEntry } from "../audit/insert-entry.ts";
import type { OpenDatabase } from "../database/database.ts";
import type { Role } from "../database/tables/callers.ts";
import type { Tables } from "../database/schema.ts";
import { announceOrgDeleted } from "../events/event-log.ts";
import { deleteOrg } from "./delete-org.ts";
import { keepOrg } from "./keep-org.ts";
import { check } from "../http/schemas.ts";
import { describeMade, describeRevoked } from "../keys/describe-change.ts";
import { endOverlap, oldSecretOf, rotateKey } from "../keys/rotate-key.ts";
import { createLinkToken } from "../sign-in/sign-in-links.ts";
import type { UserRole } from "../sign-in/sign-in-options.ts";
import { findBrokenLimit, insertKey, KEY_COLUMNS, type KeyRow } from "../keys/insert-key.ts";

type AuditDetails = components["schemas"]["AuditDetails"];

const SLUG = /^[a-z0-9][a-z0-9-]{0,62}$/;

export interface Org {
  id: string;
  slug: string;
  name: string;
  createdAt: Date;
}

export interface ApiKey {
  /** The part of the key that identifies it; not secret. */
  id: string;
  name: string;
  role: Role;
  /** The apps that a connector's key is limited to; `null` for the whole organisation. */
  appIds: readonly string[] | null;
  createdAt: Date;
  /** `null` for never. */
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** Precise to the minute; `null` if it was never used. */
  lastUsedAt: Date | null;
  /** For a rotated key, while the old secret is valid: its expiry, and its last use since the rotation. */
  oldSecret: { expiresAt: Date; lastUsedAt: Date | null } | null;
}

export interface KeyOptions {
  /** Slug of the organisation. */
  org: string;
  /** What the key is for; 1 to 255 characters. */
  name: string;
  role: Role;
  /** `null`, the default, for all apps of the organisation; only a connector's key can be limited. */
  appIds?: readonly string[] | null;
  /** `null`, the default, for a key that never expires. */
  expiresInDays?: 7 | 30 | 90 | null;
}

export interface SignInLinkOptions {
  /** Slug of the organisation. */
  org: string;
  /** 1 to 255 characters. */
  name: string;
  role: UserRole;
}

/**
 * Administration of a Bridge by its operator, not through HTTP. The audit trail shows it without a key. Each method
 * throws an `Error` that says what is wrong.
 */
export interface Administration {
  /** The slug is part of every URL of the organisation: 1 to 63 characters of a-z, 0-9 and -. */
  createOrg(slug: string, name?: string): Promise<Org>;
  /**
   * Deletes it for good with everything in it. Its keys are unknown at once, in other processes within two seconds; its
   * rows are deleted in the background.
   */
  deleteOrg(slug: string): Promise<void>;
  /** By slug. */
  listOrgs(): Promise<Org[]>;
  /** The secret, `key`, is shown only here. */
  createKey(options: KeyOptions): Promise<ApiKey & { key: string }>;
  /** The keys of the organisation with this slug, newest first, including revoked and expired ones. */
  listKeys(org: string): Promise<ApiKey[]>;
  /** A revoked key gets 403 from now on, in other processes within two seconds. Repeating it changes nothing. */
  revokeKey(id: string): Promise<void>;
  /** Gives a key a new secret, `key`, which is shown only here. The old one stays valid for some hours, 0 to 720. */
  rotateKey(id: string, options?: { overlapHours?: number }): Promise<ApiKey & { key: string }>;
  /**
   * Creates the token of a link that signs somebody in to the console, once and within 10 minutes: `sign-in/link?token=`
   * below the address of the Bridge. The audit trail names them by `name`.
   */
  createSignInLink(options: SignInLinkOptions): Promise<{ token: string; expiresAt: Date }>;
  /** Ends the validity of a rotated key's old secret. Repeating it changes nothing. */
  endKeyOverlap(id: string): Promise<void>;
}

interface AdministrationOptions {
  now: () => Date;
  /** Why, for the audit trail. */
  reason?: string | undefined;
  forgetKey: (id: string) => void;
  onOrgDeleted: (id: string) => void;
}

export function createAdministration(
  { kysely: database, listen }: Pick<OpenDatabase, "kysely" | "listen">,
  { now, reason, forgetKey, onOrgDeleted }: AdministrationOptions,
): Administration {
  async function findOrg(slug: string): Promise<{ id: string }> {
    const org = await database.selectFrom("orgs").select("id").where("slug", "=", slug).executeTakeFirst();
    if (org === undefined) throw new Error(`There is no organisation "${slug}"; create it first.`);
    return org;
  }

  function record(
    transaction: Kysely<Tables>,
    orgId: string,
    { details, ...done }: { operation: string; path: string; status: number; details: AuditDetails | undefined },
  ) {
    const nobody = { key_id: null, key_name: null, app_id: null, request_id: null };
    const given = reason === undefined ? details : { ...details, reason };
    const kept = given === undefined ? null : JSON.stringify(given);
    return insertEntry(transaction, { ...done, ...nobody, details: kept, org_id: orgId, at: now() });
  }

  return {
    async createSignInLink({ org: slug, name, role }) {
      check("SignInLinkCreate", { name, role });
      const org = await findOrg(slug);
      return database.transaction().execute(async (transaction) => {
        const details = { before: null, after: { name, role } };
        await record(transaction, org.id, {
          operation: "createSignInLink",
          path: "/api/v1/bridge/sign-in-links/",
          status: 201,
          details,
        });
        return createLinkToken(transaction, { orgId: org.id, org: slug, name, role }, now());
      });
    },

    async createOrg(slug, name = slug) {
      if (!SLUG.test(slug)) {
        throw new Error(`"${slug}" is no slug: 1 to 63 of a-z, 0-9 and -, not starting with a -.`);
      }
      const org = { id: randomUUID(), slug, name, created_at: now() };
      await database.transaction().execute(async (transaction) => {
        const { numInsertedOrUpdatedRows } = await transaction
          .insertInto("orgs")
          .values(org)
          .onConflict((conflict) => conflict.column("slug").doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows !== 1n) throw new Error(`There is an organisation "${slug}" already.`);
        const details = { before: null, after: { slug, name } };
        await record(transaction, org.id, { operation: "createOrg", path: "/", status: 201, details });
      });
      return { id: org.id, slug, name, createdAt: org.created_at };
    },

    async deleteOrg(slug) {
      const announce = listen === undefined ? async () => {} : announceOrgDeleted;
      const id = await database
        .transaction()
        .execute((transaction) => deleteOrg(transaction, slug, { now: now(), announce }));
      if (id === undefined) throw new Error(`There is no organisation "${slug}".`);
      onOrgDeleted(id);
    },

    async listOrgs() {
      const orgs = await database.selectFrom("orgs").selectAll().orderBy("slug").execute();
      return orgs.map(({ id, slug, name, created_at }) => ({ id, slug, name, createdAt: created_at }));
    },

    async createKey({ org, name, role, appIds = null, expiresInDays = null }) {
      const { id: orgId } = await findOrg(org);
      const options = check("KeyCreate", { name, role, app_ids: appIds, expires_in_days: expiresInDays });
      const broken = await findBrokenLimit(database, orgId, options);
      if (broken !== undefined) throw new Error(`${broken}.`);
      const { row, key } = await database.transaction().execute(async (transaction) => {
        await keepOrg(transaction, orgId);
        const made = await insertKey(transaction, { ...options, orgId, now: now() });
        await record(transaction, orgId, {
          operation: "createKey",
          path: "/api/v1/bridge/keys/",
          status: 201,
          details: describeMade(made.row),
        });
        return made;
      });
      return { ...toApiKey(row, now()), key };
    },

    async listKeys(org) {
      const { id } = await findOrg(org);
      const keys = await database
        .selectFrom("api_keys")
        .select(KEY_COLUMNS)
        .where("org_id", "=", id)
        .orderBy("created_at", "desc")
        .orderBy("id", "desc")
        .execute();
      return keys.map((row) => toApiKey(row, now()));
    },

    async revokeKey(id) {
      await database.transaction().execute(async (transaction) => {
        const key = await transaction
          .selectFrom("api_keys")
          .select(["org_id", "revoked_at"])
          .where("id", "=", id)
          .forUpdate()
          .executeTakeFirst();
        if (key === undefined) throw new Error(`There is no API key with the id ${id}.`);
        const revokedAt = now();
        const isValid = key.revoked_at === null;
        if (isValid)
          await transaction.updateTable("api_keys").set({ revoked_at: revokedAt }).where("id", "=", id).execute();
        await record(transaction, key.org_id, {
          operation: "revokeKey",
          path: `/api/v1/bridge/keys/${id}/`,
          status: 204,
          details: isValid ? describeRevoked(revokedAt) : undefined,
        });
      });
      forgetKey(id);
    },

    async rotateKey(id, { overlapHours = 24 } = {}) {
      const { overlap_hours } = check("KeyRotate", { overlap_hours: overlapHours });
      const rotated = await database.transaction().execute(async (transaction) => {
        const done = found(id, await rotateKey(transaction, { id, overlapHours: overlap_hours, now: now() }));
        const path = `/api/v1/bridge/keys/${id}/rotate/`;
        const { row, details } = done;
        await record(transaction, row.org_id, { operation: "rotateKey", path, status: 201, details });
        return done;
      });
      forgetKey(id);
      return { ...toApiKey(rotated.row, now()), key: rotated.key };
    },

    async endKeyOverlap(id) {
      await database.transaction().execute(async (transaction) => {
        const { orgId, details } = found(id, await endOverlap(transaction, { id, callerHash: undefined, now: now() }));
        const path = `/api/v1/bridge/keys/${id}/old-secret/`;
        await record(transaction, orgId, { operation: "deleteOldSecret", path, status: 204, details });
      });
      forgetKey(id);
    },
  };
}

function found<Done extends object>(id: string, outcome: Done | { refusal: string } | undefined): Done {
  if (outcome === undefined) throw new Error(`There is no API key with the id ${id}.`);
  if ("refusal" in outcome) throw new Error(outcome.refusal);
  return outcome;
}

function toApiKey(row: KeyRow, now: Date): ApiKey {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    appIds: row.app_ids,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
    oldSecret: oldSecretOf(row, now),
  };
}
