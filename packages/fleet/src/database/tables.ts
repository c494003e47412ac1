import type { ReceiptStatus } from "@bridgekit/core/run";
import type { Generated } from "kysely";

/** What a run does; an app has at most one of each kind at any time, anywhere. */
export type RunKind = "sync" | "tasks";

/**
 * How a run ended. `failed`: it said so; `crashed`: its worker died; `stopped`: its worker drained.
 */
export type RunEnd = "done" | "failed" | "stopped" | "crashed";

/** One row per app of a config. */
interface AppsTable {
  /** Organisation and key: `https://bridge.example.com/org/acme emea`. */
  id: string;
  /** Base URL of the organisation on its Bridge. */
  org: string;
  /** Key of the app in its config. */
  key: string;
  name: string;
  zone: string;
  upstream_host: string;
  /** A digest, which says only whether two apps share a credential. */
  credential: string;
  /** The name of its connector; null if a worker of an older version has made the row. */
  connector: Generated<string | null>;
  /** A digest of what the row has from a config, by which two versions of it are told apart. */
  config: Generated<string | null>;
  /** By which the next sync was planned, for people and to notice a change. */
  schedule: string;
  /** Id on the Bridge; null until the app was opened once. */
  bridge_app_id: Generated<string | null>;
  /** Since when the Bridge no longer has it. */
  deleted_at: Generated<Date | null>;
  /** Null while a sync runs. */
  next_run_at: Date | null;
  /** When the sync was first due that is tried again, so that it keeps its place; null if it is not tried again. */
  due_since: Generated<Date | null>;
  /** How urgent the next sync is. */
  sync_priority: Generated<number>;
  /** When the tick last handed the sync to the queue; null once it began. */
  queued_at: Generated<Date | null>;
  paused_at: Generated<Date | null>;
  parked_at: Generated<Date | null>;
  /** Syncs in a row whose worker died. */
  tries: Generated<number>;
  /** Runs of its tasks in a row whose worker died. */
  tasks_tries: Generated<number>;
  sync_generation: Generated<number>;
  tasks_generation: Generated<number>;
  last_sync_at: Generated<Date | null>;
  last_sync_end: Generated<RunEnd | null>;
  /** What the last sync says, for example `completed`, or why it failed. */
  last_sync_note: Generated<string | null>;
  last_success_at: Generated<Date | null>;
  /** When a worker last had the app in its config. */
  seen_at: Date;
}

interface WorkersTable {
  id: string;
  host: string;
  pid: number;
  capacity: number;
  /** Separated by commas. */
  zones: string;
  started_at: Date;
  heartbeat_at: Date;
  draining_at: Generated<Date | null>;
  /** Whether a drill may kill it. */
  may_be_killed: Generated<boolean>;
  /** When a drill had it killed. */
  kill_at: Generated<Date | null>;
}

/** The runs in progress, and the last ones of each app. */
interface RunsTable {
  app: string;
  kind: RunKind;
  generation: number;
  worker: string;
  /** The job that it carries out, and the queue of the job. */
  job_id: string;
  queue: string;
  started_at: Date;
  heartbeat_at: Date;
  ended_at: Generated<Date | null>;
  ended_how: Generated<RunEnd | null>;
  note: Generated<string | null>;
}

/** The journal of an app's tasks. */
interface JournalsTable {
  app: string;
  /** The name under which its tasks are claimed. */
  runner: string;
}

/** The last entry of each task. */
interface JournalEntriesTable {
  app: string;
  /** Of the id of the task. */
  digest: string;
  /** The order in which the tasks were first written. */
  position: number;
  /** As JSON. */
  entry: string;
}

interface ReceiptsTable {
  app: string;
  sequence: number;
  /** Names its hashes. */
  stamp: string;
  status: ReceiptStatus;
  /** As JSON. */
  receipt: string;
}

/** What the last completed sync read, in parts. */
interface ReceiptHashesTable {
  app: string;
  stamp: string;
  slug: string;
  /** Slug of the groups or licenses that refs point to; empty for the ids of `slug`. */
  target: string;
  part: number;
  bytes: Buffer;
}

/** One row, by which Bridges tell fleets apart. */
interface IdentityTable {
  name: "fleet";
  id: string;
}

export interface Tables {
  identity: IdentityTable;
  apps: AppsTable;
  workers: WorkersTable;
  runs: RunsTable;
  journals: JournalsTable;
  journal_entries: JournalEntriesTable;
  receipts: ReceiptsTable;
  receipt_hashes: ReceiptHashesTable;
}
