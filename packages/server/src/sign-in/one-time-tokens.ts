import { type Kysely, sql } from "kysely";
import type { SignInTokenKind } from "../database/tables/callers.ts";
import type { Tables } from "../database/schema.ts";
import { hashSecret } from "../keys/secret.ts";
import { seal, unseal } from "../seal.ts";
import { createSecret } from "./secrets.ts";

interface NewToken {
  kind: SignInTokenKind;
  /** Organisation that it goes with; `null` if it belongs to none yet. */
  orgId: string | null;
  /** What it carries; readable with the token alone. */
  data: unknown;
  expiresAt: Date;
}

const PURPOSE = "bridgekit sign-in token";
const EXPIRED_AT_ONCE = 100;
/** Of 10 minutes, and for clocks that differ; a token that lasts longer was made before the clock went back. */
const LONGEST_MS = 15 * 60_000;

/** Creates a token that works once. Only its hash is stored. */
export async function createOneTimeToken(
  database: Kysely<Tables>,
  { kind, orgId, data, expiresAt }: NewToken,
  now: Date,
): Promise<string> {
  const token = createSecret();
  await sql`
    delete from sign_in_tokens where hash in (
      select hash from sign_in_tokens where expires_at <= ${now} order by expires_at limit ${EXPIRED_AT_ONCE}
    )
  `.execute(database);
  const sealed = seal(JSON.stringify(data), token, PURPOSE);
  await database
    .insertInto("sign_in_tokens")
    .values({ hash: hashSecret(token), kind, org_id: orgId, sealed, expires_at: expiresAt })
    .execute();
  return token;
}

/** Uses a token up and returns what it carries; undefined if it was used, has expired or never existed. */
export async function redeemOneTimeToken(
  database: Kysely<Tables>,
  kind: SignInTokenKind,
  token: string,
  now: Date,
): Promise<{ orgId: string | null; data: unknown } | undefined> {
  const row = await database
    .deleteFrom("sign_in_tokens")
    .where("hash", "=", hashSecret(token))
    .where("kind", "=", kind)
    .where("expires_at", ">", now)
    .where("expires_at", "<=", new Date(now.getTime() + LONGEST_MS))
    .returning(["org_id", "sealed"])
    .executeTakeFirst();
  return row && { orgId: row.org_id, data: JSON.parse(unseal(row.sealed, token, PURPOSE)) as unknown };
}
