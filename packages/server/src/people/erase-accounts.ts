import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { resourceTypesOf } from "../apps/resource-types.ts";
import { lockApp } from "../apps/lock-app.ts";
import type { Tables } from "../database/schema.ts";
import { subtractCounts } from "../records/record-counts.ts";
import { refDigest } from "../records/ref-index.ts";
import { accountRows, type AppAccounts, areAbout } from "./accounts.ts";
import { forgetInReceipts } from "./receipt-ids.ts";
import { takeOutStaged } from "./staged-pages.ts";

export type Counts = components["schemas"]["ErasureCounts"];

export interface Erased {
  counts: Omit<Counts, "mentions">;
  taskIds: readonly string[];
}

/**
 * The ended session of the app that is not reconciled yet, if there is one. The app is locked, so no further session
 * ends.
 */
export async function lockForErasure(transaction: Kysely<Tables>, appId: string): Promise<string | undefined> {
  await lockApp(transaction, appId);
  // A running reconciliation waits for the app at its end, so never wait for what it has locked.
  const due = await transaction
    .selectFrom("sync_sessions")
    .select("id")
    .where("app_id", "=", appId)
    .where("reconciliation", "=", "due")
    .limit(1)
    .executeTakeFirst();
  return due?.id;
}

/**
 * Deletes the rows about the accounts themselves. `lockForErasure` has locked the app, and no task of the accounts is
 * open.
 */
export async function eraseAccounts(transaction: Kysely<Tables>, person: AppAccounts): Promise<Erased> {
  const { appId, accounts } = person;
  // Waits for pages that are being staged.
  await transaction
    .selectFrom("sync_sessions")
    .select("id")
    .where("app_id", "=", appId)
    .where((row) => row.or([row("status", "=", "in_progress"), row("reconciliation", "in", ["held", "failed"])]))
    .orderBy("id")
    .forUpdate()
    .execute();
  await forgetKept(transaction, person);
  await forgetInReceipts(transaction, person);
  const changes = await deleteChanges(transaction, person);
  const staged = await takeOutStaged(transaction, person);
  const members = await deleteMembers(transaction, person);
  await deleteTerms(transaction, person);
  const { rows: records } = await sql<{ slug: string; removed_at: Date | null }>`
    delete from records live using ${accountRows(accounts)}
    where live.app_id = ${appId} and live.slug = account.slug and live.id = account.id
    returning live.slug, live.removed_at
  `.execute(transaction);
  await subtractCounts(
    transaction,
    appId,
    records.filter(({ removed_at }) => removed_at === null),
  );
  const { taskIds, responses } = await deleteTasks(transaction, person);
  const counts = { records: records.length, changes, staged, tasks: taskIds.length, members, responses };
  return { counts, taskIds };
}

/** Removes the accounts from the records that a confirmation keeps; a session that failed since still has these. */
async function forgetKept(transaction: Kysely<Tables>, { appId, accounts }: AppAccounts): Promise<void> {
  await sql`
    update sync_sessions set kept = (
      select jsonb_agg(record) from jsonb_array_elements(sync_sessions.kept) record
      where not exists (
        select from ${accountRows(accounts)}
        where account.slug = record ->> 'slug' and account.id = record ->> 'id'
      )
    )
    where app_id = ${appId} and reconciliation in ('held', 'failed') and kept is not null
  `.execute(transaction);
}

async function deleteChanges(transaction: Kysely<Tables>, { appId, accounts }: AppAccounts): Promise<number> {
  // Changes of reconciled sessions are found by the record's index, those of a held or dropped session in the session.
  const { numAffectedRows: reconciled = 0n } = await sql`
    delete from record_changes change using ${accountRows(accounts)}
    where change.app_id = ${appId} and change.slug = account.slug and change.id = account.id
      and change.version is not null and change.before is not null
  `.execute(transaction);
  const { numAffectedRows: held = 0n } = await sql`
    delete from record_changes change using ${accountRows(accounts)}
    where change.slug = account.slug and change.id = account.id and change.session_id in (
      select session.id from sync_sessions session where session.app_id = ${appId} and (session.reconciliation in ('held', 'failed')
        or exists (select from deletions where kind = 'dropped_session' and target = session.id))
    )
  `.execute(transaction);
  return Number(reconciled + held);
}

/** The accounts' entries in the index of refs, found by the groups and licenses that they may refer to. */
async function deleteMembers(transaction: Kysely<Tables>, { appId, accounts }: AppAccounts): Promise<number> {
  const app = await transaction
    .selectFrom("apps")
    .select("clone_group_id")
    .where("id", "=", appId)
    .executeTakeFirstOrThrow();
  const types = await resourceTypesOf(transaction, app.clone_group_id);
  const targets = types.filter(({ type }) => type !== "account").map(({ slug }) => slug);
  // All who add to the index lock it. It may point to an erased account; then it reads that session again.
  await sql`
    update record_ref_progress progress set slug = null, id = null where app_id = ${appId}
  `.execute(transaction);
  const { numAffectedRows = 0n } = await sql`
    delete from record_refs entry using records target, ${accountRows(accounts)}
    where target.app_id = ${appId} and target.slug = any(${targets}::text[])
      and entry.app_id = ${appId} and entry.slug = target.slug and entry.ref_digest = ${refDigest(sql`target.id`)}
      and entry.account_slug = account.slug and entry.account_id = account.id
  `.execute(transaction);
  return Number(numAffectedRows);
}

/** The terms that find the accounts, including earlier ones if the index is behind. */
async function deleteTerms(transaction: Kysely<Tables>, { appId, accounts }: AppAccounts): Promise<void> {
  await sql`
    delete from record_terms entry using ${accountRows(accounts)}
    where entry.app_id = ${appId} and entry.slug = account.slug and entry.id = account.id
  `.execute(transaction);
}

async function deleteTasks(
  transaction: Kysely<Tables>,
  person: AppAccounts,
): Promise<{ taskIds: string[]; responses: number }> {
  const rows = await transaction.deleteFrom("tasks").where(areAbout(person)).returning("id").execute();
  const taskIds = rows.map(({ id }) => id);
  if (taskIds.length === 0) return { taskIds, responses: 0 };
  await transaction.deleteFrom("task_history").where("task_id", "in", taskIds).execute();
  // The row stays for its day: a repeated call must not create the task again.
  const { numUpdatedRows } = await transaction
    .updateTable("idempotent_responses")
    .set({ response: "", request_digest: "" })
    .where("made_id", "in", taskIds)
    .executeTakeFirst();
  return { taskIds, responses: Number(numUpdatedRows) };
}
