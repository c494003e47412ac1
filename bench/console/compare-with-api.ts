import { isDeepStrictEqual } from "node:util";
import type { Client } from "pg";
import { call, complete, makeApp, push, whenIndexed } from "../server/load.ts";
import type { BenchServer } from "../server/start-server.ts";
import { fillApp, type Owner } from "./fill-app.ts";
import {
  accountAt,
  changesOf,
  removedCount,
  SCHEDULED_FOR,
  type Story,
  type StoredRecord,
  targetsOf,
  taskAt,
} from "./story.ts";

const STORY: Story = { accounts: 300, sessions: 5, tasks: 40 };
const PAGE_SIZE = 100;

/** What is read of each table, per app; columns that differ between any two apps are read as whether they are null. */
const READS: Readonly<Record<string, string>> = {
  apps: `select configuration_status, removal_guard, live_version, last_synced_at is null as never, session_ends,
    capabilities, task_horizon is null as horizon, generation from apps where id = $1`,
  record_counts: "select slug, active, version from record_counts where app_id = $1 order by slug",
  records: `select slug, records.id, data, digest, created_version, changed_version, removed_at is null as kept,
    session.version as removed_version, removed_at = session.reconciliation_started_at as is_then
    from records left join sync_sessions session on session.id = removed_in
    where records.app_id = $1 order by slug, records.id`,
  record_refs: `select slug, ref_digest, account_slug, account_id from record_refs where app_id = $1 order by 1, 2, 3, 4`,
  record_terms: "select slug, term, id from record_terms where app_id = $1 order by slug, term, id",
  record_ref_progress: "select version, slug, id, is_behind from record_ref_progress where app_id = $1",
  record_changes: `select change.version, slug, change.id, change, before, before_removed_at, position is null as placeless,
    ordinal, digest, after, unknown_refs
    from record_changes change join sync_sessions session on session.id = session_id
    where change.app_id = $1 order by change.version, slug, change.id`,
  sync_sessions: `select status, reconciliation, base_version, ended_sequence, ended_at is null as open,
    reconciled_at is null as due, reconciliation_started_at is null as waits, confirmed_by, error, counts, started_by, discarded_by, version, receipt, expires_at - started_at as lasts,
    is_expiry_announced, kept, kept_count, judgement from sync_sessions where app_id = $1 order by sequence`,
  tasks: `select action, payload, outcome, result, error, account_id, result_account_id, claimed_by, lease_expires_at,
    begun_by, cancelled_at, is_scheduled, retry_of, retried_at, ended_at is null as open,
    case when is_scheduled then execute_after end as due, execute_after = created_at as is_now
    from tasks where app_id = $1 order by sequence`,
  task_history: `select position, event, entry.key_id, entry.runner from task_history entry join tasks on tasks.id = task_id
    where app_id = $1 order by sequence, position`,
  audit_entries: `select operation, status, key_id, key_name, replace(path, tasks.id::text, '') like '%/tasks/%' as is_path,
    request_id is null as nameless, refusals, refused_at,
    case when operation = 'createTask' then details #- '{after,task_id}' else details end as details
    from audit_entries entry join tasks on tasks.app_id = entry.app_id
      and (path like '%' || tasks.id || '%' or details -> 'after' ->> 'task_id' = tasks.id::text)
    where entry.app_id = $1 order by tasks.sequence, operation`,
  events: `select data - 'at' - 'app_id' - 'task_id' as data from events where app_id = $1 and data ->> 'type' like 'task.%'
    order by sequence`,
};

/** Tells a small story through the API and by SQL; throws if any row of the two apps differs. */
export async function compareWithApi(server: BenchServer, client: Client, owner: Owner): Promise<number> {
  const pushed = await tellThroughApi(server);
  const filled = await fillApp(client, owner, { name: "filled", story: STORY });
  let compared = 0;
  for (const [table, text] of Object.entries(READS)) {
    const { rows: real } = await client.query(text, [pushed]);
    const { rows: ours } = await client.query(text, [filled.id]);
    const index = real.findIndex((row, place) => !isDeepStrictEqual(row, ours[place]));
    if (index >= 0 || real.length !== ours.length)
      throw new Error(
        `${table}: the server wrote ${real.length} rows, the bench ${ours.length}; row ${index} is ` +
          `${JSON.stringify(real[index])} and not ${JSON.stringify(ours[index])}`,
      );
    compared += real.length;
  }
  for (const id of [pushed, filled.id]) await call(server, "DELETE", `/apps/${id}/`);
  return compared;
}

async function tellThroughApi(server: BenchServer): Promise<string> {
  const app = await makeApp(server);
  const versions = new Int32Array(STORY.accounts);
  versions.fill(1);
  await sync(server, app, versions, STORY.accounts);
  for (const { version } of changesOf(STORY, versions)) {
    const left = version === STORY.sessions ? STORY.accounts - removedCount(STORY) : STORY.accounts;
    await sync(server, app, versions, left);
  }
  await whenIndexed(server);
  for (let number = 0; number < STORY.tasks; number++) {
    const { action, accountId, end, error } = taskAt(STORY, number);
    const body = {
      action,
      payload: { account: { id: accountId } },
      ...(end === "scheduled" && { execute_after: SCHEDULED_FOR }),
    };
    const { id } = await call<{ id: string }>(server, "POST", `/apps/${app}/tasks/`, JSON.stringify(body));
    if (end !== "completed" && end !== "failed") continue;
    const report = { status: end, ...(error && { error }) };
    await call(server, "PATCH", `/apps/${app}/tasks/${id}/status/`, JSON.stringify(report));
  }
  return app;
}

async function sync(server: BenchServer, app: string, versions: Int32Array, count: number): Promise<void> {
  const accounts = Array.from({ length: count }, (_, number): StoredRecord => ({
    slug: "account",
    data: accountAt(number, versions[number]!),
  }));
  const bySlug = new Map([...targetsOf(STORY), ["account", accounts] as const]);
  const pages = [...bySlug].flatMap(([slug, records]) =>
    Array.from({ length: Math.ceil(records.length / PAGE_SIZE) }, (_, page) => ({
      slug,
      body: JSON.stringify({
        records: records.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE).map(({ data }) => data),
      }),
    })),
  );
  const syncId = await push(server, app, [].values());
  for (const { slug, body } of pages) await call(server, "PUT", `/apps/${app}/sync/${syncId}/${slug}/`, body);
  await complete(server, app, syncId);
}
