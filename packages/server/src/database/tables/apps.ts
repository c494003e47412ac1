import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { components } from "@bridgekit/client";
import type { NullableJson } from "./nullable-json.ts";

type Schemas = components["schemas"];

export interface AppTable {
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
  /** The newest generation that started a session; `null` if none was fenced. */
  generation: ColumnType<number | null, undefined, number>;
  created_at: Date;
  last_synced_at: Date | null;
  /** The position of the last task without a requested time, in the order of `execute_after`. */
  task_horizon: ColumnType<Date | null, undefined, Date>;
}

/** What the runner of an app reported last. */
export interface AppRunnerTable {
  app_id: string;
  report: JSONColumnType<Omit<Schemas["AppRunnerReport"], "app_id">>;
  reported_at: Date;
  /** What is ordered and not carried out yet. */
  ordered: NullableJson<Omit<Schemas["RunnerOrderList"]["orders"][number], "app_id">>;
}

/** What a fleet reported last of its workers to an organisation. */
export interface FleetTable {
  org_id: string;
  /** Made by the fleet. */
  id: string;
  workers: JSONColumnType<Schemas["WorkerReport"][]>;
  reported_at: Date;
  /** What is ordered of its workers and not carried out yet. */
  ordered: ColumnType<Required<Schemas["RunnerOrderList"]>["worker_orders"], undefined, string>;
}

export interface ResourceTypeTable {
  clone_group_id: string;
  slug: string;
  name: string;
  type: Schemas["Kind"];
}

/** The records of one type that a reconciliation pushed, created, changed and removed. */
export interface ReconciliationCount {
  slug: string;
  synced_count: number;
  created: number;
  updated: number;
  removed: number;
  /** Absent if an earlier version counted. */
  refs_gained?: number;
  refs_lost?: number;
}

/**
 * The state of an ended session's pages: `due` until reconciled, then `done`, `held` by the removal guard, `failed`
 * after the last retry, or `dropped` by a newer start or an administrator.
 */
type ReconciliationState = "due" | "done" | "held" | "failed" | "dropped";

export interface SessionTable {
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

export interface PageTable {
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
