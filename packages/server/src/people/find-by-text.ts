import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { MOST_APPS } from "../apps/most-apps.ts";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import type { Handler } from "../http/operation.ts";
import { findInApps, type FoundRow, toFound } from "../records/find-in-apps.ts";
import { beginsWith, isFirstTerm, LAST_CHARACTER } from "../records/search-index.ts";
import { type AppTaskRow, toAppTasks } from "../tasks/app-tasks.ts";
import { hasIdOf } from "../tasks/search-tasks.ts";

type Schemas = components["schemas"];

/** The first few of each sort of which something begins with a text. */
export function createFindByText({ database, now }: BridgeContext): Handler<"findByText"> {
  return async ({ key, query: { text, limit = 10 } }) => {
    const find = async (kind: Schemas["Kind"]) => {
      const search = { kind, isHit: beginsWith(text), isRight: isFirstTerm(text), after: undefined, limit };
      return (await findInApps(database, key.orgId, search)).rows;
    };
    const accounts = await find("account");
    const groups = await find("group");
    const licenses = await find("license");
    const found = await findTasks(database, key.orgId, { text, accounts, limit });
    return {
      status: 200,
      body: {
        accounts: accounts.map((row) => toFound(row, "account")),
        groups: groups.map((row) => toFound(row, "group")),
        licenses: licenses.map((row) => toFound(row, "license")),
        tasks: await toAppTasks(database, found, now()),
      },
    };
  };
}

async function findTasks(
  database: Kysely<Tables>,
  orgId: string,
  { text, accounts, limit }: { text: string; accounts: readonly FoundRow[]; limit: number },
): Promise<AppTaskRow[]> {
  const isOfId = hasIdOf(text);
  const { rows } = await sql<AppTaskRow>`
    with app as materialized (
      select id, name, clone_group_id from apps where org_id = ${orgId} order by created_at, id limit ${MOST_APPS}
    ), named as (
      select task.id from app cross join lateral (
        select id from tasks where app_id = app.id and account_id >= ${text} and account_id < ${text + LAST_CHARACTER}
        order by account_id limit ${limit}
      ) task
    ), of_account as (
      select task.id from unnest(${accounts.map(({ app_id }) => app_id)}::uuid[], ${accounts.map(({ id }) => id)}::text[])
        account (app_id, id)
      cross join lateral (
        select id from tasks where app_id = account.app_id and account_id = account.id limit ${limit}
      ) task
    )
    select task.*, app.name as app_name, app.clone_group_id from tasks task join app on app.id = task.app_id
    where task.id = any(array(select id from named union select id from of_account
      ${isOfId === undefined ? sql`` : sql`union select id from tasks where ${isOfId}`}))
    order by task.created_at desc, task.sequence desc limit ${limit}
  `.execute(database);
  return rows;
}
