import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import { copyRows, type Row } from "./copy-rows.ts";
import { SCHEDULED_FOR, type Story, type StoryTask, taskAt } from "./story.ts";

const SPACE_MS = 60_000;

interface TaskOwner {
  appId: string;
  orgId: string;
  keyId: string;
}

/** Writes the tasks of an app, their histories, their events and the entries of the audit trail. Returns their ids. */
export async function fillTasks(client: Client, owner: TaskOwner, story: Story): Promise<string[]> {
  const { rows } = await client.query("select name from api_keys where id = $1", [owner.keyId]);
  const told = await client.query("select event_sequence::int as last from orgs where id = $1", [owner.orgId]);
  const ids = Array.from({ length: story.tasks }, () => randomUUID());
  const first = Date.now() - story.tasks * SPACE_MS;
  const last: number = told.rows[0].last;
  const tasks = ids.map((id, number): FilledTask => {
    const at = new Date(first + number * SPACE_MS);
    return {
      id,
      at,
      endedAt: new Date(at.getTime() + 30_000),
      ...taskAt(story, number),
      sequence: last + 2 * number + 1,
    };
  });
  await copyRows(
    client,
    "tasks",
    tasks.map((task) => toRow(owner, task)),
  );
  await copyRows(
    client,
    "task_history",
    tasks.flatMap((task) => toHistory(owner, task)),
  );
  await copyRows(
    client,
    "audit_entries",
    tasks.flatMap((task) => toEntries(owner, rows[0].name, task)),
  );
  await copyRows(
    client,
    "events",
    tasks.flatMap((task) => toEvents(owner, task)),
  );
  const horizon = tasks.findLast(({ end }) => end !== "scheduled")?.at ?? null;
  await client.query("update apps set task_horizon = $2 where id = $1", [owner.appId, horizon]);
  await client.query("update orgs set event_sequence = $2 where id = $1", [owner.orgId, last + 2 * story.tasks]);
  return ids;
}

interface FilledTask extends StoryTask {
  id: string;
  at: Date;
  endedAt: Date;
  /** The number of the event of its creation. */
  sequence: number;
}

const isEnded = ({ end }: StoryTask) => end === "completed" || end === "failed";

function toRow({ appId }: TaskOwner, task: FilledTask): Row {
  const { id, at, action, accountId, end, error, endedAt, sequence } = task;
  return {
    id,
    app_id: appId,
    sequence,
    action,
    payload: { account: { id: accountId } },
    execute_after: end === "scheduled" ? SCHEDULED_FOR : at,
    created_at: at,
    outcome: isEnded(task) ? end : null,
    error,
    ended_at: isEnded(task) ? endedAt : null,
    account_id: accountId,
    is_scheduled: end === "scheduled",
  };
}

function toHistory({ keyId }: TaskOwner, task: FilledTask): Row[] {
  const created = { task_id: task.id, position: 1, at: task.at, event: "created", key_id: keyId };
  return isEnded(task) ? [created, { ...created, position: 2, at: task.endedAt, event: task.end }] : [created];
}

function toEntries(
  { appId, orgId, keyId }: TaskOwner,
  keyName: string,
  { id, at, endedAt, ...task }: FilledTask,
): Row[] {
  const status = isEnded(task) ? "pending" : task.end;
  const path = `/api/v1/bridge/apps/${appId}/tasks/`;
  const own = { org_id: orgId, key_id: keyId, key_name: keyName, app_id: appId };
  const created = {
    ...own,
    id: randomUUID(),
    at,
    operation: "createTask",
    path,
    status: 201,
    request_id: randomUUID(),
    details: { before: null, after: { task_id: id, action: task.action, status } },
  };
  if (!isEnded(task)) return [created];
  const after = { status: task.end, ...(task.error && { error_code: task.error.code }) };
  const details = { before: { status }, after };
  return [
    created,
    {
      ...created,
      id: randomUUID(),
      at: endedAt,
      operation: "reportTask",
      path: `${path}${id}/status/`,
      status: 200,
      details,
    },
  ];
}

function toEvents({ appId, orgId }: TaskOwner, task: FilledTask): Row[] {
  const { id, at, endedAt, action, end, sequence } = task;
  const event = (sequence: number, created_at: Date, data: object): Row => ({
    org_id: orgId,
    sequence,
    app_id: appId,
    data: { ...data, app_id: appId, task_id: id, action, at: created_at.toISOString() },
    created_at,
  });
  const status = isEnded(task) ? "pending" : end;
  const code = task.error && { error_code: task.error.code };
  const created = event(sequence, at, { type: "task.created", status });
  return isEnded(task)
    ? [created, event(sequence + 1, endedAt, { type: "task.ended", status: end, ...code })]
    : [created];
}
