import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { components } from "@bridgekit/client";

type Schemas = components["schemas"];

/** Written as text, read as a value; `null` is that of SQL. */
type NullableJson<Value> = ColumnType<Value | null, string | null | undefined, string | null>;

/** How many records of one type a reconciliation pushed, created, changed and removed. */
export interface ReconciliationCount {
  slug: string;
  synced_count: number;
  created: number;
  updated: number;
  removed: number;
}

/**
 * What becomes of the pages of an ended session: `due` until they are reconciled, `done` afterwards, `held` by the removal
 * guard, `failed` after the last retry, `dropped` when a newer start or an administrator discarded them.
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
  /** Number of the last event before which something is no longer kept. */
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
  /** To the minute. */
  last_used_at: ColumnType<Date | null, undefined, Date>;
  /** The secret before the last rotation, until when it is valid, and when it was used since; `null` where there is none. */
  old_secret_hash: ColumnType<string | null, undefined, string | null>;
  old_secret_expires_at: ColumnType<Date | null, undefined, Date | null>;
  old_secret_used_at: ColumnType<Date | null, undefined, Date | null>;
  /** The apps that a connector's key is limited to; `null` for all of the organisation. */
  app_ids: ColumnType<string[] | null, string[] | null | undefined, string[] | null>;
}

interface AuditTable {
  id: string;
  org_id: string;
  at: Date;
  /** `null` where it was done on the machine itself. */
  key_id: string | null;
  key_name: string | null;
  operation: string;
  path: string;
  app_id: string | null;
  /** `null` until it has been answered. */
  status: number | null;
  request_id: string | null;
  /** Of a call that was refused: how often within an hour, and when last. */
  refusals: Generated<number>;
  refused_at: ColumnType<Date | null, Date | undefined, Date>;
  details: NullableJson<Schemas["AuditDetails"]>;
}

interface EventTable {
  org_id: string;
  /** Without gaps within the organisation, in the order of the commits. */
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
  /** `null` where the guard is switched off. */
  removal_guard: NullableJson<Schemas["RemovalGuard"]>;
  /** `null` where its connector never said what it can do. */
  capabilities: NullableJson<Schemas["Capabilities"]>;
  /** Number of reconciliations so far. */
  live_version: Generated<number>;
  /** Number of sessions that have ended so far. */
  session_ends: Generated<number>;
  created_at: Date;
  last_synced_at: Date | null;
  /** The place of the last task without a wish for a time, in the order of `execute_after`. */
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
  /** Order of the starts. */
  sequence: Generated<number>;
  status: Schemas["SyncStatus"];
  /** `null` while the session is open. */
  reconciliation: ReconciliationState | null;
  /** `live_version` of the app when the session started: what `created` and `updated` count against. */
  base_version: number;
  /** Order of the ends, in which reconciliations run. */
  ended_sequence: number | null;
  started_at: Date;
  ended_at: Date | null;
  reconciliation_started_at: Date | null;
  reconciled_at: Date | null;
  /** `live_version` that its reconciliation made. */
  version: number | null;
  /** Key that started it. */
  started_by: string | null;
  /** Key of the administrator who let the removals pass. */
  confirmed_by: string | null;
  /** Key of the administrator who dropped it. */
  discarded_by: string | null;
  /** When it ends by itself if it is still open or held then; `null` for never. */
  expires_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  /** Whether it was told that it expires soon. */
  is_expiry_announced: Generated<boolean>;
  error: NullableJson<Schemas["SyncError"]>;
  counts: NullableJson<ReconciliationCount[]>;
  /** What its run left. */
  receipt: NullableJson<Schemas["RunReceipt"]>;
}

interface PageTable {
  session_id: string;
  /** Of slug and records: the same page sent again is the same row. */
  digest: string;
  /** Order of arrival; the later page wins. */
  position: Generated<number>;
  /** Where a page that was sent again stood first; `null` for one that was sent once. */
  first_position: number | null;
  slug: string;
  ids: string[];
  /** A digest of each record, so that a record that stayed as it was is known without looking into it. */
  record_digests: string[];
  /** Which of the records continue an earlier one; `null` where none does. */
  continued: boolean[] | null;
  /** The slugs whose refs each record leaves as they are, separated by commas; `null` where none does. */
  unknown_refs: (string | null)[] | null;
  record_count: number;
  /** The records as JSON. */
  records: string;
  /** The groups and licenses that the records refer to and no page before did: slug, id and name side by side. */
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
  /** Of the record as it was pushed; `null` where only refs have told about it. */
  digest: string | null;
  /** The reconciliation that first brought the record; `null` while only refs have told about it (a stub). */
  created_version: number | null;
  /** The last reconciliation that wrote the row. */
  changed_version: number;
  removed_at: Date | null;
  removed_in: string | null;
}

/**
 * What a session did to a record, or would do while the removal guard holds it. That it created one is told by the
 * record itself, so there is such a row while the session is held only.
 */
interface ChangeTable {
  session_id: string;
  slug: string;
  id: string;
  /** `stub` where a ref made or named a group or license that nobody pushed: applied, and not told by the history. */
  change: Schemas["ChangeSort"] | "stub";
  app_id: string;
  /** `live_version` that made it so; `null` while the session is held. */
  version: number | null;
  /** The record as it was; what it became is what stood before the next change of it, or what is live. */
  before: NullableJson<RecordData>;
  before_removed_at: Date | null;
  /** The page that brought the record and its place there, counted from 1; `null` where no page did. */
  position: number | null;
  ordinal: number | null;
  /** Of a record that was told in several; of any other it is in the page. */
  digest: string | null;
  /** The slugs of which the account keeps the refs that it had before; `null` where there are none. */
  unknown_refs: string[] | null;
  /** What a ref made of the record; `null` where a page brought it. */
  after: NullableJson<RecordData>;
}

/** Where in the pages the records are that a reconciliation creates; empty whenever no reconciliation is under way. */
interface CreatedPlaceTable {
  session_id: string;
  /** Of the page. */
  position: number;
  /** Of the records in the page, counted from 1. */
  ordinals: number[];
}

/** How many records of an account type are active. */
interface RecordCountTable {
  app_id: string;
  slug: string;
  active: number;
  /** The reconciliation after which it was so. */
  version: number;
}

/** An index: which accounts refer to a group or a license. */
interface RefTable {
  app_id: string;
  slug: string;
  /** Of the id, which would not fit an index entry beside that of the account. */
  ref_digest: string;
  account_slug: string;
  account_id: string;
}

/** An index: by which texts a record is found. */
interface TermTable {
  app_id: string;
  slug: string;
  /** The first 64 characters, in lower case. */
  term: string;
  id: string;
}

/** How far the indexes of refs and of terms have followed the reconciliations of an app. */
interface RefProgressTable {
  app_id: string;
  /** The last reconciliation that is in the index as a whole. */
  version: number;
  /** Whether a reconciliation has ended since that is not in the index. */
  is_behind: Generated<boolean>;
  /** The last change of the reconciliation after it that is in the index. */
  slug: string | null;
  id: string | null;
}

interface TaskTable {
  id: string;
  app_id: string;
  sequence: Generated<number>;
  action: Schemas["TaskAction"];
  payload: JSONColumnType<Schemas["TaskPayload"]>;
  /** Of a task without a wish for a time it says its order only. */
  execute_after: Date;
  /** Whether it waits for its `execute_after`. */
  is_scheduled: boolean;
  created_at: Date;
  outcome: ColumnType<"completed" | "failed" | null, undefined, "completed" | "failed">;
  result: NullableJson<Schemas["TaskResult"]>;
  error: NullableJson<Schemas["TaskError"]>;
  ended_at: ColumnType<Date | null, undefined, Date>;
  /** Id of the account in the payload. */
  account_id: string;
  /** The id that the system really assigned, where the report told one. */
  result_account_id: ColumnType<string | null, undefined, string | null>;
  /** Runner that has it in hand, until its lease expires. */
  claimed_by: ColumnType<string | null, undefined, string | null>;
  lease_expires_at: ColumnType<Date | null, undefined, Date | null>;
  /** Runner that first began to execute it, and when. */
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
  /** Order of the entries of a task. */
  position: number;
  at: Date;
  event: Schemas["TaskHistoryEntry"]["event"];
  key_id: string | null;
  runner: string | null;
}

/** What calls with an `Idempotency-Key` were answered, for those that come again. */
interface IdempotentResponseTable {
  /** API key that called. */
  key_id: string;
  operation: string;
  /** Of the `Idempotency-Key`. */
  idempotency_digest: string;
  /** Of path, query and body. */
  request_digest: string;
  /** Sealed, see `response-cipher.ts`; empty once what it tells of was erased. */
  response: string;
  /** The id of what the call made. */
  made_id: string | null;
  created_at: Date;
}

/**
 * What is deleted in the background: the rows of an app that is gone, the pages and changes of a session that was
 * dropped, the pages of one that was reconciled, and of an organisation that is gone what is not in its apps.
 */
export type DeletionKind = "org" | "app" | "dropped_session" | "reconciled_pages";

interface DeletionTable {
  kind: DeletionKind;
  /** Id of an organisation, an app or a session. */
  target: string;
  ordered_at: Generated<Date>;
  /** When some of it was deleted last: what has waited longest is next. */
  stepped_at: Generated<Date>;
}

/** The receipts of people who were erased; they name nobody. */
interface ErasureTable {
  id: string;
  org_id: string;
  at: Date;
  key_id: string | null;
  /** `null` where an email was erased in all apps. */
  app_id: string | null;
  /** Keyed with what the caller alone has. */
  digest: string;
  accounts: number;
  active_accounts: number;
  counts: JSONColumnType<Schemas["ErasureCounts"]>;
}

/** The tables as Kysely sees them; `migrations.ts` creates them. */
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
}
