import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import { TYPES } from "../server/people.ts";
import { copyRows, type Row } from "./copy-rows.ts";
import { fillTasks } from "./fill-tasks.ts";
import {
  accountAt,
  type AccountChange,
  changesOf,
  digestOf,
  removedCount,
  type Story,
  type StoredRecord,
  targetsOf,
} from "./story.ts";

const DAY_MS = 86_400_000;
/** Less than the retention. */
const HISTORY_DAYS = 80;
/** After which an open or held session ends. */
const SESSION_DAYS = 30;

/** Who and what an app belongs to. */
export interface Owner {
  orgId: string;
  keyId: string;
}

export interface FilledApp {
  id: string;
  story: Story;
  /** The ids of the sessions by their versions, counted from 1. */
  syncIds: readonly string[];
  taskIds: readonly string[];
}

/** Writes an app with its history as the server would have, had its records been pushed. */
export async function fillApp(
  client: Client,
  { orgId, keyId }: Owner,
  { name, story }: { name: string; story: Story },
): Promise<FilledApp> {
  const id = randomUUID();
  const group = randomUUID();
  const syncIds = Array.from({ length: story.sessions }, () => randomUUID());
  const targets = targetsOf(story);
  const now = Date.now();
  const at = (version: number) =>
    new Date(now - ((story.sessions - version + 1) / story.sessions) * HISTORY_DAYS * DAY_MS);
  await copyRows(client, "apps", [
    {
      id,
      org_id: orgId,
      clone_group_id: group,
      name,
      configuration_status: "CONFIGURED",
      removal_guard: null,
      live_version: story.sessions,
      created_at: new Date(at(1).getTime() - DAY_MS),
      last_synced_at: at(story.sessions),
      session_ends: story.sessions,
    },
  ]);
  await copyRows(
    client,
    "resource_types",
    TYPES.map(({ slug, name: typeName, type }) => ({ clone_group_id: group, slug, name: typeName, type })),
  );
  const versions = new Int32Array(story.accounts);
  const sessions: Row[] = [toSession({ story, version: 1, changes: [] })];
  function* changes(): Generator<Row> {
    for (const session of changesOf(story, versions)) {
      sessions.push(toSession({ story, ...session }));
      for (const change of session.changes) yield toChange(session.version, change);
    }
  }
  function toSession({ version, changes }: { story: Story; version: number; changes: readonly AccountChange[] }): Row {
    const judgement = { guard: null, losses: [] };
    return {
      id: syncIds[version - 1]!,
      app_id: id,
      status: "completed",
      reconciliation: "done",
      base_version: version - 1,
      ended_sequence: version,
      started_at: at(version),
      ended_at: new Date(at(version).getTime() + 20_000),
      reconciliation_started_at: new Date(at(version).getTime() + 20_500),
      reconciled_at: new Date(at(version).getTime() + 21_000),
      started_by: keyId,
      expires_at: new Date(at(version).getTime() + SESSION_DAYS * DAY_MS),
      version,
      counts: countsOf(story, targets, { version, changes }),
      judgement,
    };
  }
  function toChange(version: number, { number, change, before }: AccountChange): Row {
    const data = accountAt(number, before);
    const isUpdate = change === "updated";
    return {
      session_id: syncIds[version - 1]!,
      app_id: id,
      version,
      slug: "account",
      id: data.id,
      change,
      before: data,
      position: isUpdate ? version * 100_000 + Math.floor(number / 100) : null,
      ordinal: isUpdate ? (number % 100) + 1 : null,
    };
  }
  function* records(): Generator<Row> {
    const kept = story.accounts - removedCount(story);
    for (let number = 0; number < story.accounts; number++) {
      const version = versions[number]!;
      const isKept = number < kept;
      yield {
        ...toRecord({ slug: "account", data: accountAt(number, version) }),
        changed_version: isKept ? version : story.sessions,
        removed_at: isKept ? null : new Date(at(story.sessions).getTime() + 20_500),
        removed_in: isKept ? null : syncIds[story.sessions - 1]!,
      };
    }
    for (const target of [...targets.values()].flat())
      yield { ...toRecord(target), changed_version: 1, removed_at: null, removed_in: null };
  }
  function toRecord({ slug, data }: StoredRecord): Row {
    const text = JSON.stringify(data);
    return { app_id: id, slug, id: data.id, data, digest: digestOf(text), created_version: 1 };
  }
  await copyRows(client, "record_changes", changes());
  await copyRows(client, "sync_sessions", sessions);
  await copyRows(client, "records", records());
  await copyRows(client, "record_counts", [
    { app_id: id, slug: "account", active: story.accounts - removedCount(story), version: story.sessions },
  ]);
  await copyRows(client, "record_ref_progress", [{ app_id: id, version: story.sessions, is_behind: false }]);
  await fillIndexes(client, id);
  const taskIds = await fillTasks(client, { appId: id, orgId, keyId }, story);
  return { id, story, syncIds, taskIds };
}

/** In the order of their slugs, as the server counts them. */
function countsOf(
  story: Story,
  targets: ReadonlyMap<string, readonly StoredRecord[]>,
  { version, changes }: { version: number; changes: readonly AccountChange[] },
) {
  const count = (slug: string, synced_count: number) => ({
    slug,
    synced_count,
    created: version === 1 ? synced_count : 0,
    updated: 0,
    removed: 0,
  });
  const removed = changes.filter(({ change }) => change === "removed").length;
  const accounts = { ...count("account", story.accounts - removed), updated: changes.length - removed, removed };
  return [accounts, ...[...targets].map(([slug, records]) => count(slug, records.length))];
}

/** The entries of the indexes of refs and texts, from the records. */
async function fillIndexes(client: Client, appId: string): Promise<void> {
  await client.query("set work_mem = '512MB'");
  await client.query(
    `insert into record_refs (app_id, slug, ref_digest, account_slug, account_id)
    select app_id, target.key, md5(ref ->> 'id')::uuid, slug, id from records
    cross join lateral jsonb_each((data -> 'memberships') || (data -> 'assignments')) target
    cross join lateral jsonb_array_elements(target.value) ref
    where app_id = $1 and slug = 'account' order by 2, 3, 4, 5`,
    [appId],
  );
  await client.query(
    `insert into record_terms (app_id, slug, term, id)
    select distinct app_id, slug, lower(left(field.text, 64)) collate "C" as term, id from records
    cross join lateral (values (id collate "default"), (data ->> 'email'), (data ->> 'username'), (data ->> 'name'),
      (data ->> 'display_name'), (data ->> 'last_name')) field (text)
    where app_id = $1 and field.text <> '' order by slug, term, id`,
    [appId],
  );
}
