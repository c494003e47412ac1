import { type Kysely, type RawBuilder, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { toArrayLiteral } from "../database/array-literal.ts";
import type { Tables } from "../database/schema.ts";

/** An account of a person. */
export interface Account {
  slug: string;
  id: string;
}

/** The accounts of a person in one app. */
export interface AppAccounts {
  appId: string;
  accounts: readonly Account[];
}

export type OpenTask = components["schemas"]["OpenTask"];

/** The accounts as rows `account` with `slug` and `id`. */
export function accountRows(accounts: readonly Account[]): RawBuilder<unknown> {
  const slugs = toArrayLiteral(accounts.map(({ slug }) => slug));
  const ids = toArrayLiteral(accounts.map(({ id }) => id));
  return sql`unnest(${slugs}::text[], ${ids}::text[]) account (slug, id)`;
}

/**
 * The tasks about the accounts, as a condition on `tasks`. An account that a task created has two ids, the requested
 * one and the one that the system assigned; tasks may name either. Each way is looked up in its own index: joined by
 * `or`, they would have every task of the app read. And their ids are an array, whose tasks are looked up one by one: a
 * planner that takes each account for one with many tasks would rather read the whole table.
 */
export function areAbout({ appId, accounts }: AppAccounts): RawBuilder<boolean> {
  const ids = sql`${toArrayLiteral(accounts.map(({ id }) => id))}::text[]`;
  return sql<boolean>`tasks.id = any(array(
    select named.id from tasks named where named.app_id = ${appId} and named.account_id = any(${ids})
    union
    select assigned.id from tasks assigned where assigned.app_id = ${appId} and assigned.result_account_id = any(${ids})
    union
    select same.id from tasks created
    join tasks same on same.app_id = created.app_id and same.account_id = created.account_id
    where created.app_id = ${appId} and created.result_account_id = any(${ids}) and created.action = 'create_account'
  ))`;
}

/** The subjects of unfinished tasks: a person can't be erased before these end. */
export async function findOpenTasks(database: Kysely<Tables>, person: AppAccounts): Promise<OpenTask[]> {
  const rows = await database
    .selectFrom("tasks")
    .select(["app_id", "id", "action"])
    .where(areAbout(person))
    .where("outcome", "is", null)
    .orderBy("execute_after")
    .execute();
  return rows.map(({ app_id, id, action }) => ({ app_id, task_id: id, action }));
}

/** The accounts, with the ids that their systems assigned in place of the requested ones. */
export async function withAssignedIds(database: Kysely<Tables>, { appId, accounts }: AppAccounts): Promise<Account[]> {
  const { rows } = await sql<Account>`
    select account.slug, account.id from ${accountRows(accounts)}
    union
    select account.slug, task.result_account_id from ${accountRows(accounts)}
    join tasks task on task.app_id = ${appId} and task.account_id = account.id and task.action = 'create_account'
    where task.result_account_id is not null
    order by slug, id
  `.execute(database);
  return rows;
}

/** Those that their system still had at the last sync. */
export async function findActive(database: Kysely<Tables>, { appId, accounts }: AppAccounts): Promise<Account[]> {
  const { rows } = await sql<Account>`
    select live.slug, live.id from records live join ${accountRows(accounts)}
      on live.slug = account.slug and live.id = account.id
    where live.app_id = ${appId} and live.removed_at is null
  `.execute(database);
  return rows;
}
