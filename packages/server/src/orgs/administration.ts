import { randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import type { Role, Tables } from "../database/schema.ts";
import { newKey } from "../keys/secret.ts";

const SLUG = /^[a-z0-9][a-z0-9-]{0,62}$/;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface Org {
  id: string;
  slug: string;
  name: string;
  createdAt: Date;
}

export interface KeyOptions {
  /** Slug of the organisation. */
  org: string;
  name: string;
  role: Role;
  /** `null`, the default, for a key that never expires. */
  expiresInDays?: 7 | 30 | 90 | null;
}

/** What is done to a Bridge by whoever runs it, not through its HTTP interface. */
export interface Administration {
  createOrg(slug: string, name?: string): Promise<Org>;
  listOrgs(): Promise<Org[]>;
  /** The key is shown here and never again. */
  createKey(options: KeyOptions): Promise<{ id: string; key: string }>;
  /** A revoked key answers 403 from now on. */
  revokeKey(id: string): Promise<void>;
}

export function createAdministration(
  database: Kysely<Tables>,
  { now, forgetKey }: { now: () => Date; forgetKey: (id: string) => void },
): Administration {
  return {
    async createOrg(slug, name = slug) {
      if (!SLUG.test(slug)) {
        throw new Error(`"${slug}" is no slug: 1 to 63 of a-z, 0-9 and -, not starting with a -.`);
      }
      const org = { id: randomUUID(), slug, name, created_at: now() };
      const { numInsertedOrUpdatedRows } = await database
        .insertInto("orgs")
        .values(org)
        .onConflict((conflict) => conflict.column("slug").doNothing())
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows !== 1n) throw new Error(`There is an organisation "${slug}" already.`);
      return { id: org.id, slug, name, createdAt: org.created_at };
    },

    async listOrgs() {
      const orgs = await database.selectFrom("orgs").selectAll().orderBy("slug").execute();
      return orgs.map(({ id, slug, name, created_at }) => ({ id, slug, name, createdAt: created_at }));
    },

    async createKey({ org: slug, name, role, expiresInDays = null }) {
      const org = await database.selectFrom("orgs").select("id").where("slug", "=", slug).executeTakeFirst();
      if (org === undefined) throw new Error(`There is no organisation "${slug}".`);
      const { id, key, secretHash } = newKey();
      const created = now();
      await database
        .insertInto("api_keys")
        .values({
          id,
          org_id: org.id,
          name,
          role,
          secret_hash: secretHash,
          created_at: created,
          expires_at: expiresInDays === null ? null : new Date(created.getTime() + expiresInDays * DAY_MS),
          revoked_at: null,
        })
        .execute();
      return { id, key };
    },

    async revokeKey(id) {
      const revoked = await database
        .updateTable("api_keys")
        .set((row) => ({ revoked_at: row.fn.coalesce("revoked_at", row.val(now())) }))
        .where("id", "=", id)
        .executeTakeFirst();
      forgetKey(id);
      if (revoked.numUpdatedRows !== 1n) throw new Error(`There is no API key with the id ${id}.`);
    },
  };
}
