import { createHash, randomUUID } from "node:crypto";
import type { Kysely, Selectable } from "kysely";
import type { Tables } from "../database/schema.ts";
import type { UserTable } from "../database/tables/callers.ts";
import { keepOrg } from "../orgs/keep-org.ts";
import type { UserRole } from "./sign-in-options.ts";

/** Somebody as the provider knows them; by a sign-in link, `issuer` is `link` and `subject` the name. */
export interface Identity {
  issuer: string;
  subject: string;
  name: string;
  email: string | null;
}

export type User = Pick<Selectable<UserTable>, "id" | "org_id" | "name" | "email" | "role" | "disabled_at">;

const LONGEST_NAME = 255;

/** Finds or creates the user of an organisation who has this identity, with the role that they have now. */
export async function keepUser(
  database: Kysely<Tables>,
  orgId: string,
  { identity, role, now }: { identity: Identity; role: UserRole; now: Date },
): Promise<User> {
  const { issuer, subject, email } = identity;
  const name = toStorable(identity.name) || "unnamed";
  const subject_digest = createHash("sha256")
    .update(JSON.stringify([issuer, subject]))
    .digest("hex");
  const current = { name, email: email === null ? null : toStorable(email), role, last_signed_in_at: now };
  return database.transaction().execute(async (transaction) => {
    await keepOrg(transaction, orgId);
    return transaction
      .insertInto("users")
      .values({ id: randomUUID(), org_id: orgId, subject_digest, issuer, created_at: now, ...current })
      .onConflict((conflict) => conflict.columns(["org_id", "subject_digest"]).doUpdateSet(current))
      .returning(["id", "org_id", "name", "email", "role", "disabled_at"])
      .executeTakeFirstOrThrow();
  });
}

/** A provider may send what no database stores, and names of any length. */
function toStorable(text: string): string {
  const kept = text
    .toWellFormed()
    .replaceAll("\u0000", "")
    .replace(/^\uFEFF+/, "");
  return Array.from(kept).slice(0, LONGEST_NAME).join("");
}
