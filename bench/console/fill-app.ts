import type { Client } from "pg";
import { planApp, toApp, toChanges, toRecords, toTypes } from "./app-rows.ts";
import { copyRows, type Row } from "./copy-rows.ts";
import { fillTasks } from "./fill-tasks.ts";
import { removedCount, type Story } from "./story.ts";

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
  const app = planApp(story);
  const { id, syncIds } = app;
  const sessions: Row[] = [];
  const versions = new Int32Array(story.accounts);
  await copyRows(client, "apps", [toApp(app, orgId, name)]);
  await copyRows(client, "resource_types", toTypes(app));
  await copyRows(client, "record_changes", toChanges(app, { keyId, sessions, versions }));
  await copyRows(client, "sync_sessions", sessions);
  await copyRows(client, "records", toRecords(app, versions));
  await copyRows(client, "record_counts", [
    { app_id: id, slug: "account", active: story.accounts - removedCount(story), version: story.sessions },
  ]);
  await copyRows(client, "record_ref_progress", [{ app_id: id, version: story.sessions, is_behind: false }]);
  await fillIndexes(client, id);
  const taskIds = await fillTasks(client, { appId: id, orgId, keyId }, story);
  return { id, story, syncIds, taskIds };
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
