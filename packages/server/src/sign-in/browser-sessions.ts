import { type Kysely, sql } from "kysely";
import type { Tables } from "../database/schema.ts";
import { hashSecret } from "../keys/secret.ts";
import { keepOrg } from "../orgs/keep-org.ts";
import { seal, unseal } from "../seal.ts";
import { createSecret } from "./secrets.ts";
import type { SignInOptions, UserRole } from "./sign-in-options.ts";

/** Somebody who is signed in, and how long that lasts. */
export interface BrowserSession {
  hash: string;
  userId: string;
  name: string;
  email: string | null;
  role: UserRole;
  orgId: string;
  orgSlug: string;
  expiresAt: Date;
  /** When its use was noted last. */
  seenAt: Date;
  /** Present if the provider is to be asked again what this person may do. */
  sealedRefreshToken: string | undefined;
}

/** A session, and the secret in the cookie that has it. */
export type FoundSession = BrowserSession & { secret: string };

const PURPOSE = "bridgekit refresh token";
const USE_NOTED_EVERY_MS = 60_000;
/** How far the clocks of several processes may differ; a later session began before the clock went back. */
const CLOCK_SKEW_MS = 5 * 60_000;

interface SessionRow {
  hash: string;
  created_at: Date;
  seen_at: Date;
  checked_at: Date;
  sealed_refresh_token: string | null;
  user_id: string;
  name: string;
  email: string | null;
  role: UserRole;
  org_id: string;
  org_slug: string;
}

/** Sessions of browsers, kept by a hash of what is in the cookie. */
export class BrowserSessions {
  readonly #database: Kysely<Tables>;
  readonly #now: () => Date;
  readonly #idleMs: number;
  readonly #absoluteMs: number;
  readonly #recheckMs: number;

  constructor(
    database: Kysely<Tables>,
    now: () => Date,
    { idleMinutes = 60, absoluteHours = 12, recheckMinutes = 10 }: SignInOptions,
  ) {
    this.#database = database;
    this.#now = now;
    this.#idleMs = idleMinutes * 60_000;
    this.#absoluteMs = absoluteHours * 3_600_000;
    this.#recheckMs = recheckMinutes * 60_000;
  }

  /** Starts a session; returns the secret for the cookie. */
  async create(user: { id: string; org_id: string }, refreshToken: string | undefined): Promise<string> {
    const secret = createSecret();
    const now = this.#now();
    await this.#database.transaction().execute(async (transaction) => {
      await keepOrg(transaction, user.org_id);
      await transaction
        .insertInto("browser_sessions")
        .values({
          hash: hashSecret(secret),
          user_id: user.id,
          org_id: user.org_id,
          created_at: now,
          seen_at: now,
          checked_at: now,
          sealed_refresh_token: refreshToken === undefined ? null : seal(refreshToken, secret, PURPOSE),
        })
        .execute();
    });
    await this.#deleteEnded(user.org_id, now);
    return secret;
  }

  /** The first of the sessions of these secrets; undefined if all have ended, or somebody was disabled. */
  async find(secrets: readonly string[]): Promise<FoundSession | undefined> {
    const secretOf = new Map(secrets.map((secret) => [hashSecret(secret), secret]));
    const sessions = await this.#findAll([...secretOf.keys()]);
    for (const [hash, secret] of secretOf) {
      const session = sessions.find((candidate) => candidate.hash === hash);
      if (session !== undefined) return { ...session, secret };
    }
    return undefined;
  }

  async findByHash(hash: string): Promise<BrowserSession | undefined> {
    return (await this.#findAll([hash]))[0];
  }

  async #findAll(hashes: readonly string[]): Promise<BrowserSession[]> {
    if (hashes.length === 0) return [];
    const rows = await this.#database
      .selectFrom("browser_sessions as session")
      .innerJoin("users as user", "user.id", "session.user_id")
      .innerJoin("orgs as org", "org.id", "session.org_id")
      .select([
        "session.hash",
        "session.created_at",
        "session.seen_at",
        "session.checked_at",
        "session.sealed_refresh_token",
      ])
      .select([
        "user.id as user_id",
        "user.name",
        "user.email",
        "user.role",
        "org.id as org_id",
        "org.slug as org_slug",
      ])
      .where("session.hash", "in", hashes)
      .where("user.disabled_at", "is", null)
      .execute();
    return rows.flatMap((row) => this.#toSession(row) ?? []);
  }

  /** Undefined if it has ended. */
  #toSession(row: SessionRow): BrowserSession | undefined {
    const now = this.#now();
    if (row.created_at.getTime() > now.getTime() + CLOCK_SKEW_MS) return undefined;
    const expiresAt = new Date(
      Math.min(row.seen_at.getTime() + this.#idleMs, row.created_at.getTime() + this.#absoluteMs),
    );
    if (expiresAt <= now) return undefined;
    const isDue = Math.abs(now.getTime() - row.checked_at.getTime()) >= this.#recheckMs;
    return {
      hash: row.hash,
      userId: row.user_id,
      name: row.name,
      email: row.email,
      role: row.role,
      orgId: row.org_id,
      orgSlug: row.org_slug,
      expiresAt,
      seenAt: row.seen_at,
      sealedRefreshToken: isDue ? (row.sealed_refresh_token ?? undefined) : undefined,
    };
  }

  /** Notes that the session is used, at most once a minute. */
  async noteUse({ hash, seenAt }: BrowserSession): Promise<void> {
    const now = this.#now();
    if (Math.abs(now.getTime() - seenAt.getTime()) <= USE_NOTED_EVERY_MS) return;
    await this.#database
      .updateTable("browser_sessions")
      .set({ seen_at: now })
      .where("hash", "=", hash)
      .where((row) =>
        row.or([row("seen_at", "<", new Date(now.getTime() - USE_NOTED_EVERY_MS)), row("seen_at", ">", now)]),
      )
      .execute();
  }

  /** Claims the next check with the provider, so that of several calls at once only one makes it. */
  async claimRecheck({ hash }: BrowserSession): Promise<boolean> {
    const now = this.#now();
    const { numUpdatedRows } = await this.#database
      .updateTable("browser_sessions")
      .set({ checked_at: now })
      .where("hash", "=", hash)
      .where((row) =>
        row.or([
          row("checked_at", "<=", new Date(now.getTime() - this.#recheckMs)),
          row("checked_at", ">=", new Date(now.getTime() + this.#recheckMs)),
        ]),
      )
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  openRefreshToken(sealed: string, secret: string): string {
    return unseal(sealed, secret, PURPOSE);
  }

  /** Keeps what the provider said: the role for all sessions of the person, and the next refresh token. */
  async keepRecheck(
    { hash, userId }: BrowserSession,
    { role, refreshToken, secret }: { role: BrowserSession["role"]; refreshToken: string | undefined; secret: string },
  ): Promise<void> {
    await this.#database.updateTable("users").set({ role }).where("id", "=", userId).execute();
    if (refreshToken === undefined) return;
    await this.#database
      .updateTable("browser_sessions")
      .set({ sealed_refresh_token: seal(refreshToken, secret, PURPOSE) })
      .where("hash", "=", hash)
      .execute();
  }

  async end({ hash }: Pick<BrowserSession, "hash">): Promise<void> {
    await this.#database.deleteFrom("browser_sessions").where("hash", "=", hash).execute();
  }

  /** Signs somebody out in every browser. */
  async endAll(userId: string): Promise<void> {
    await this.#database.deleteFrom("browser_sessions").where("user_id", "=", userId).execute();
  }

  async #deleteEnded(orgId: string, now: Date): Promise<void> {
    await sql`
      delete from browser_sessions where org_id = ${orgId} and seen_at <= ${new Date(now.getTime() - this.#idleMs)}
    `.execute(this.#database);
  }
}
