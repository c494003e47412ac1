import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { components } from "@bridgekit/client";
import type { NullableJson } from "./nullable-json.ts";

type Schemas = components["schemas"];

export interface TaskTable {
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
  /** Since when the budget of the organisation holds it; `execute_after` is far away meanwhile. */
  held_at: ColumnType<Date | null, Date | undefined, null>;
  /** The requested time of a task that is or was held. */
  wished_at: ColumnType<Date | null, Date | null | undefined, never>;
  /** The task that it tries again. */
  retry_of: ColumnType<string | null, string | undefined, never>;
  /** When it was tried again by another task. */
  retried_at: ColumnType<Date | null, undefined, Date>;
}

export interface TaskHistoryTable {
  task_id: string;
  /** The order of a task's entries. */
  position: number;
  at: Date;
  event: Schemas["TaskHistoryEntry"]["event"];
  key_id: string | null;
  runner: string | null;
}
