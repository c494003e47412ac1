import type { components } from "@bridgekit/client";
import type { RecordData } from "../../database/tables/records.ts";
import { refsOf } from "./compare-records.ts";
import type { Step } from "./read-steps.ts";

type Schemas = components["schemas"];

interface Origins {
  data: RecordData;
  /** Newest first. */
  steps: readonly Step[];
  /** When the record was created; undefined if that, or a step, is no longer stored. */
  created: { sync_id: string; at: Date } | undefined;
  /** Newest first. */
  tasks: readonly Schemas["Task"][];
}

/** Since when an account has each of its refs: the oldest step since which it has always had the ref. */
export function findOrigins({ data, steps, created, tasks }: Origins): Schemas["RefSince"][] {
  return [...refsOf(data)].map(([key, ref]) => {
    const gained = steps.find(({ before }) => !refsOf(before).has(key));
    const moment = gained ?? created;
    return Object.assign({ since: moment === undefined ? null : toMoment(moment, tasks, ref) }, ref);
  });
}

function toMoment(
  { sync_id, at }: { sync_id: string; at: Date },
  tasks: readonly Schemas["Task"][],
  ref: Schemas["NamedRef"],
): Schemas["HistoryMoment"] {
  const task = tasks.find(
    (task) => task.status === "completed" && task.ended_at != null && new Date(task.ended_at) <= at && adds(task, ref),
  );
  return { at: at.toISOString(), sync_id, ...(task !== undefined && { task_id: task.id }) };
}

function adds({ payload }: Schemas["Task"], { slug, id }: Schemas["NamedRef"]): boolean {
  const added = [...(payload.memberships?.[slug] ?? []), ...(payload.changes?.[slug]?.added ?? [])];
  return added.some((ref) => ref.id === id);
}
