import type { Generated, JSONColumnType } from "kysely";
import type { components } from "@bridgekit/client";

type Schemas = components["schemas"];

export interface EventTable {
  org_id: string;
  /** Without gaps in the organisation, in the order of the commits. */
  sequence: number;
  app_id: string;
  data: JSONColumnType<Schemas["Event"]>;
  created_at: Date;
}

/** Responses to calls with an `Idempotency-Key`, for repeated calls. */
export interface IdempotentResponseTable {
  /** The API key of the caller. */
  key_id: string;
  operation: string;
  /** Digest of the `Idempotency-Key`. */
  idempotency_digest: string;
  /** Digest of path, query and body. */
  request_digest: string;
  /** Sealed with the secret of its caller; empty once the person in it was erased. */
  response: string;
  /** The id of what the call created. */
  made_id: string | null;
  created_at: Date;
}

/**
 * Background deletions: the rows of a deleted app, the pages and changes of a dropped session, the pages of a
 * reconciled one, and the rows of a deleted organisation outside its apps.
 */
export type DeletionKind = "org" | "app" | "dropped_session" | "reconciled_pages";

export interface DeletionTable {
  kind: DeletionKind;
  /** The id of an organisation, an app or a session. */
  target: string;
  ordered_at: Generated<Date>;
  /** When some of it was last deleted; the least recent one is next. */
  stepped_at: Generated<Date>;
}

/** Receipts of erasures; they name nobody. */
export interface ErasureTable {
  id: string;
  org_id: string;
  at: Date;
  key_id: string | null;
  /** `null` if an email was erased in all apps. */
  app_id: string | null;
  /** Keyed with a secret that only the caller has. */
  digest: string;
  accounts: number;
  active_accounts: number;
  counts: JSONColumnType<Schemas["ErasureCounts"]>;
}
