import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { components } from "@bridgekit/client";

type Schemas = components["schemas"];

/** Written as text, read as a value; `null` is that of SQL. */
type NullableJson<Value> = ColumnType<Value | null, string | null | undefined, string | null>;

/** How many records of one type a fold pushed, created, changed and removed. */
export interface FoldCount {
  slug: string;
  synced_count: number;
  created: number;
  updated: number;
  removed: number;
}

/**
 * What becomes of the pages of an ended session: `due` until they are folded, `done` afterwards, `held` by the removal
 * guard, `failed` after the last retry, `dropped` when a newer start or an administrator discarded them.
 */
type FoldState = "due" | "done" | "held" | "failed" | "dropped";

export type Role = "admin" | "connector";

interface OrgTable {
  id: string;
  slug: string;
  name: string;
  created_at: Date;
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
}

interface AppTable {
  id: string;
  org_id: string;
  clone_group_id: string;
  name: string;
  configuration_status: string;
  /** `null` where the guard is switched off. */
  removal_guard: NullableJson<Schemas["RemovalGuard"]>;
  /** Number of folds so far. */
  live_version: Generated<number>;
  created_at: Date;
  last_synced_at: Date | null;
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
  fold: FoldState | null;
  /** `live_version` of the app when the session started: what `created` and `updated` count against. */
  base_version: number;
  /** Order of the ends, in which folds run. */
  ended_sequence: number | null;
  started_at: Date;
  ended_at: Date | null;
  folded_at: Date | null;
  /** Key of the administrator who let the removals pass. */
  confirmed_by: string | null;
  error: NullableJson<Schemas["SyncError"]>;
  counts: NullableJson<FoldCount[]>;
}

interface PageTable {
  session_id: string;
  /** SHA-256 of slug and records: the same page sent again is the same row. */
  digest: string;
  /** Order of arrival; the later page wins. */
  position: Generated<number>;
  slug: string;
  ids: string[];
  record_count: number;
  /** JSON, as text: parsing it into jsonb is left to the fold, so that a page costs little while it is pushed. */
  records: string;
  /** JSON: the groups and licenses that the records refer to, each once. */
  refs: string;
}

interface RecordTable {
  app_id: string;
  slug: string;
  id: string;
  data: JSONColumnType<{ id: string; [field: string]: unknown }>;
  /** The fold that first brought the record; `null` while only refs have told about it (a stub). */
  created_version: number | null;
  /** The last fold that wrote the row. */
  changed_version: number;
  removed_at: Date | null;
  removed_in: string | null;
}

interface TaskTable {
  id: string;
  app_id: string;
  sequence: Generated<number>;
  action: Schemas["TaskAction"];
  payload: JSONColumnType<Schemas["TaskPayload"]>;
  execute_after: Date;
  created_at: Date;
  outcome: ColumnType<"completed" | "failed" | null, undefined, "completed" | "failed">;
  result: NullableJson<Schemas["TaskResult"]>;
  error: NullableJson<Schemas["TaskError"]>;
  ended_at: ColumnType<Date | null, undefined, Date>;
}

/** The tables as Kysely sees them; `migrations.ts` creates them. */
export interface Tables {
  orgs: OrgTable;
  api_keys: KeyTable;
  apps: AppTable;
  resource_types: ResourceTypeTable;
  sync_sessions: SessionTable;
  sync_pages: PageTable;
  records: RecordTable;
  tasks: TaskTable;
}
