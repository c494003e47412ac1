import type { ColumnType, Generated } from "kysely";
import type { components } from "@bridgekit/client";
import type { NullableJson } from "./nullable-json.ts";

type Schemas = components["schemas"];

export type Role = Schemas["Role"];

export interface OrgTable {
  id: string;
  slug: string;
  name: string;
  created_at: Date;
  /** Number of the last event of the organisation. */
  event_sequence: Generated<number>;
  /** Number of the last event before which events have been deleted. */
  event_floor: Generated<number>;
  /** How many records syncs may remove in an hour; `null` for no limit. */
  removals_per_hour: ColumnType<number | null, undefined, number | null>;
  /** How many tasks in an hour may suspend, delete or take access away; `null` for no limit. */
  revocations_per_hour: ColumnType<number | null, undefined, number | null>;
}

/** What was used of the budget, by the minute. */
export interface BudgetUseTable {
  org_id: string;
  kind: "removals" | "revocations";
  minute: Date;
  count: number;
}

export interface KeyTable {
  id: string;
  org_id: string;
  name: string;
  role: Role;
  secret_hash: string;
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
  /** Precise to the minute. */
  last_used_at: ColumnType<Date | null, undefined, Date>;
  /** The secret before the last rotation, its expiry and its last use since; `null` if there is none. */
  old_secret_hash: ColumnType<string | null, undefined, string | null>;
  old_secret_expires_at: ColumnType<Date | null, undefined, Date | null>;
  old_secret_used_at: ColumnType<Date | null, undefined, Date | null>;
  /** The apps that a connector's key is limited to; `null` for the whole organisation. */
  app_ids: ColumnType<string[] | null, string[] | null | undefined, string[] | null>;
}

export interface AuditTable {
  id: string;
  org_id: string;
  at: Date;
  /** `null` for administration on the machine itself. */
  key_id: string | null;
  key_name: string | null;
  operation: string;
  path: string;
  app_id: string | null;
  /** `null` until the response. */
  status: number | null;
  request_id: string | null;
  /** For a refused call: how often within an hour, and when last. */
  refusals: Generated<number>;
  refused_at: ColumnType<Date | null, Date | undefined, Date>;
  details: NullableJson<Schemas["AuditDetails"]>;
}

/** Somebody who signed in to the console. */
export interface UserTable {
  id: string;
  org_id: string;
  /** Of issuer and subject, which together name somebody for good. */
  subject_digest: string;
  issuer: string;
  name: string;
  email: string | null;
  role: Exclude<Role, "connector">;
  created_at: Date;
  last_signed_in_at: Date;
  disabled_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
}

export interface BrowserSessionTable {
  /** Of the secret in the cookie. */
  hash: string;
  user_id: string;
  org_id: string;
  created_at: Date;
  /** To the minute. */
  seen_at: Date;
  /** When the provider last said what the person may do. */
  checked_at: Date;
  /** Readable with the secret in the cookie alone. */
  sealed_refresh_token: string | null;
}

/** `attempt`: somebody is on the way to the provider and back; `link`: a sign-in link. */
export type SignInTokenKind = "attempt" | "link";

export interface SignInTokenTable {
  hash: string;
  kind: SignInTokenKind;
  org_id: string | null;
  /** Readable with the token alone. */
  sealed: string;
  expires_at: Date;
}
