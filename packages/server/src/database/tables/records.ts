import type { Generated, JSONColumnType } from "kysely";
import type { components } from "@bridgekit/client";
import type { NullableJson } from "./nullable-json.ts";

type Schemas = components["schemas"];

/** A record as it was pushed. */
export interface RecordData {
  id: string;
  [field: string]: unknown;
}

export interface RecordTable {
  app_id: string;
  slug: string;
  id: string;
  data: JSONColumnType<RecordData>;
  /** Digest of the record as it was pushed; `null` if only refs have named it. */
  digest: string | null;
  /** The reconciliation that first applied the record; `null` while only refs have named it (a stub). */
  created_version: number | null;
  /** The last reconciliation that wrote the row. */
  changed_version: number;
  removed_at: Date | null;
  removed_in: string | null;
}

/**
 * What a session did to a record, or would do while the removal guard holds it. Created records have such a row only
 * while the session is held; otherwise the record itself shows it.
 */
export interface ChangeTable {
  session_id: string;
  slug: string;
  id: string;
  /** `stub` if a ref created or named a group or license that nobody pushed: applied, and not shown in the history. */
  change: Schemas["ChangeSort"] | "stub";
  app_id: string;
  /** The `live_version` that it created; `null` while the session is held. */
  version: number | null;
  /** The record before the change. The state after it is the state before the next change, or the live one. */
  before: NullableJson<RecordData>;
  before_removed_at: Date | null;
  /** The page of the record and its place there, counted from 1; `null` if no page has it. */
  position: number | null;
  ordinal: number | null;
  /** Digest of a record that was pushed in several parts; for others it is in the page. */
  digest: string | null;
  /** The slugs whose previous refs the account keeps; `null` if there are none. */
  unknown_refs: string[] | null;
  /** The record as a ref changed it; `null` if it is in a page. */
  after: NullableJson<RecordData>;
}

/** The places in the pages of the records that a reconciliation creates; empty except during a reconciliation. */
export interface CreatedPlaceTable {
  session_id: string;
  /** The page's position. */
  position: number;
  /** The places of the records in the page, counted from 1. */
  ordinals: number[];
}

/** The number of active records of an account type. */
export interface RecordCountTable {
  app_id: string;
  slug: string;
  active: number;
  /** The reconciliation that counted them. */
  version: number;
}

/** An index of the accounts that refer to a group or a license. */
export interface RefTable {
  app_id: string;
  slug: string;
  /** Digest of the id, which would not fit an index entry beside the account's. */
  ref_digest: string;
  account_slug: string;
  account_id: string;
}

/** An index of the texts by which records are found. */
export interface TermTable {
  app_id: string;
  slug: string;
  /** The first 64 characters, in lower case. */
  term: string;
  id: string;
}

/** How far the indexes of refs and terms have followed the reconciliations of an app. */
export interface RefProgressTable {
  app_id: string;
  /** The last reconciliation that is completely in the index. */
  version: number;
  /** Whether a later reconciliation is not in the index yet. */
  is_behind: Generated<boolean>;
  /** The last indexed change of the next reconciliation. */
  slug: string | null;
  id: string | null;
}
