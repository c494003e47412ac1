import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { components } from "@bridgekit/client";

type Schemas = components["schemas"];

/** Written as text, read as a value; `null` is SQL's. */
type NullableJson<Value> = ColumnType<Value | null, string | null | undefined, string | null>;

/** The records of one type that a reconciliation pushed, created, changed and removed. */
export interface ReconciliationCount {
  slug: string;
  synced_count: number;
  created: number;
  updated: number;
  removed: number;
}

/**
 * The state of an ended session's pages: `due` until reconciled, then `done`, `held` by the removal guard, `failed`
 * after the last retry, or `dropped` by a newer start or an administrator.
 */
type ReconciliationState = "due" | "done" | "held" | "failed" | "dropped";

export type Role = Schemas["Role"];

interface OrgTable {
  id: string;
  slug: string;
  name: string;
  created_at: Date;
  /** Number of the last event of the organisation. */
  event_sequence: Generated<number>;
  /** Number of the last event before which events have been deleted. */
  event_floor: Generated<number>;
}

interface KeyTable {
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

interface AuditTable {
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

interface EventTable {
  org_id: string;
  /** Without gaps in the organisation, in the order of the commits. */
  sequence: number;
  app_id: string;
  data: JSONColumnType<Schemas["Event"]>;
  created_at: Date;
}

interface AppTable {
  id: string;
  org_id: string;
  clone_group_id: string;
  name: string;
  configuration_status: string;
  /** `null` if the guard is disabled. */
  removal_guard: NullableJson<Schemas["RemovalGuard"]>;
  /** `null` if its connector never announced any. */
  capabilities: NullableJson<Schemas["Capabilities"]>;
  /** The number of reconciliations. */
  live_version: Generated<number>;
  /** The number of ended sessions. */
  session_ends: Generated<number>;
  created_at: Date;
  last_synced_at: Date | null;
  /** The position of the last task without a requested time, in the order of `execute_after`. */
  task_horizon: ColumnType<Date | null, undefined, Date>;
}

interface ResourceTypeTable {
  clone_group_id: string;
  slug: string;
  name: string;
  type: Schemas["Kind"];
}

interface SessionTable {
  id: string;
  app_id: string;
  /** The order of the starts. */
  sequence: Generated<number>;
  status: Schemas["SyncStatus"];
  /** `null` while the session is open. */
  reconciliation: ReconciliationState | null;
  /** The app's `live_version` when the session started; `created` and `updated` count against it. */
  base_version: number;
  /** The order of the ends, in which reconciliations run. */
  ended_sequence: number | null;
  started_at: Date;
  ended_at: Date | null;
  reconciliation_started_at: Date | null;
  reconciled_at: Date | null;
  /** The `live_version` that its reconciliation created. */
  version: number | null;
  /** The key that started it. */
  started_by: string | null;
  /** The key of the administrator who confirmed the removals. */
  confirmed_by: string | null;
  /** The key of the administrator who discarded it. */
  discarded_by: string | null;
  /** When it ends if it is still open or held; `null` for never. */
  expires_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  /** Whether its coming expiry was announced. */
  is_expiry_announced: Generated<boolean>;
  error: NullableJson<Schemas["SyncError"]>;
  counts: NullableJson<ReconciliationCount[]>;
  /** The receipt of its run. */
  receipt: NullableJson<Schemas["RunReceipt"]>;
  /** The records that whoever confirmed it keeps, until it is reconciled, and how many those were. */
  kept: NullableJson<Schemas["RecordName"][]>;
  kept_count: ColumnType<number | null, undefined, number | null>;
  /** What the removal guard judged. */
  judgement: NullableJson<Schemas["GuardJudgement"]>;
}

interface PageTable {
  session_id: string;
  /** Digest of slug and records: the same page sent again is the same row. */
  digest: string;
  /** The order of arrival; the later page wins. */
  position: Generated<number>;
  /** The first position of a page that was sent again; `null` for a page that was sent once. */
  first_position: number | null;
  slug: string;
  ids: string[];
  /** A digest of each record, which detects unchanged records without reading them. */
  record_digests: string[];
  /** Whether each record continues an earlier one; `null` if none does. */
  continued: boolean[] | null;
  /** The slugs whose refs each record leaves unchanged, separated by commas; `null` if none does. */
  unknown_refs: (string | null)[] | null;
  record_count: number;
  /** The records as JSON. */
  records: string;
  /** The groups and licenses that the records refer to and no earlier page did: slugs, ids and names in parallel. */
  ref_slugs: string[];
  ref_ids: string[];
  ref_names: (string | null)[];
}

/** A record as it was pushed. */
export interface RecordData {
  id: string;
  [field: string]: unknown;
}

interface RecordTable {
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
interface ChangeTable {
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
interface CreatedPlaceTable {
  session_id: string;
  /** The page's position. */
  position: number;
  /** The places of the records in the page, counted from 1. */
  ordinals: number[];
}

/** The number of active records of an account type. */
interface RecordCountTable {
  app_id: string;
  slug: string;
  active: number;
  /** The reconciliation that counted them. */
  version: number;
}

/** An index of the accounts that refer to a group or a license. */
interface RefTable {
  app_id: string;
  slug: string;
  /** Digest of the id, which would not fit an index entry beside the account's. */
  ref_digest: string;
  account_slug: string;
  account_id: string;
}

/** An index of the texts by which records are found. */
interface TermTable {
  app_id: string;
  slug: string;
  /** The first 64 characters, in lower case. */
  term: string;
  id: string;
}

/** How far the indexes of refs and terms have followed the reconciliations of an app. */
interface RefProgressTable {
  app_id: string;
  /** The last reconciliation that is completely in the index. */
  version: number;
  /** Whether a later reconciliation is not in the index yet. */
  is_behind: Generated<boolean>;
  /** The last indexed change of the next reconciliation. */
  slug: string | null;
  id: string | null;
}

interface TaskTable {
  id: string;
  app_id: string;
  sequence: Generated<number>;
  action: Schemas["TaskAction"];
  payload: JSONColumnType<Schemas["TaskPayload"]>;
  /** For a task without a requested time it only defines its order. */
  execute_after: Date;
  /** Whether it waits for `execute_after`. */
  is_scheduled: boolean;
  created_at: Date;
  outcome: ColumnType<"completed" | "failed" | null, undefined, "completed" | "failed">;
  result: NullableJson<Schemas["TaskResult"]>;
  error: NullableJson<Schemas["TaskError"]>;
  ended_at: ColumnType<Date | null, undefined, Date>;
  /** The account's id in the payload. */
  account_id: string;
  /** The id that the system assigned, if the report has one. */
  result_account_id: ColumnType<string | null, undefined, string | null>;
  /** The runner that has claimed it, until the lease expires. */
  claimed_by: ColumnType<string | null, undefined, string | null>;
  lease_expires_at: ColumnType<Date | null, undefined, Date | null>;
  /** The runner that first began to execute it, and when. */
  begun_by: ColumnType<string | null, undefined, string>;
  begun_at: ColumnType<Date | null, undefined, Date>;
  cancelled_at: ColumnType<Date | null, undefined, Date>;
  /** The task that it tries again. */
  retry_of: ColumnType<string | null, string | undefined, never>;
  /** When it was tried again by another task. */
  retried_at: ColumnType<Date | null, undefined, Date>;
}

interface TaskHistoryTable {
  task_id: string;
  /** The order of a task's entries. */
  position: number;
  at: Date;
  event: Schemas["TaskHistoryEntry"]["event"];
  key_id: string | null;
  runner: string | null;
}

/** Responses to calls with an `Idempotency-Key`, for repeated calls. */
interface IdempotentResponseTable {
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

interface DeletionTable {
  kind: DeletionKind;
  /** The id of an organisation, an app or a session. */
  target: string;
  ordered_at: Generated<Date>;
  /** When some of it was last deleted; the least recent one is next. */
  stepped_at: Generated<Date>;
}

/** Receipts of erasures; they name nobody. */
interface ErasureTable {
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

interface BrowserSessionTable {
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

interface SignInTokenTable {
  hash: string;
  kind: SignInTokenKind;
  org_id: string | null;
  /** Readable with the token alone. */
  sealed: string;
  expires_at: Date;
}

/** The tables for Kysely; `migrations.ts` creates them. */
export interface Tables {
  orgs: OrgTable;
  api_keys: KeyTable;
  audit_entries: AuditTable;
  events: EventTable;
  apps: AppTable;
  resource_types: ResourceTypeTable;
  sync_sessions: SessionTable;
  sync_pages: PageTable;
  records: RecordTable;
  record_changes: ChangeTable;
  created_places: CreatedPlaceTable;
  record_counts: RecordCountTable;
  record_refs: RefTable;
  record_terms: TermTable;
  record_ref_progress: RefProgressTable;
  tasks: TaskTable;
  task_history: TaskHistoryTable;
  idempotent_responses: IdempotentResponseTable;
  deletions: DeletionTable;
  erasures: ErasureTable;
  users: UserTable;
  browser_sessions: BrowserSessionTable;
  sign_in_tokens: SignInTokenTable;
}
