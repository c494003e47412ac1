import type { Kysely } from "kysely";
import type { components } from "@bridgekit/client";
import type { Tables } from "../database/schema.ts";
import { findNameless, readRecordNames, toRefNames } from "../records/record-names.ts";
import type { TaskRow } from "./task-status.ts";

type Schemas = components["schemas"];

/** What the account of a task is called, and the groups and licenses that it names by id alone. */
export type TaskNames = Pick<Schemas["AppTask"], "account_name" | "ref_names">;

interface NamelessTask {
  row: Pick<TaskRow, "app_id" | "account_id" | "result_account_id">;
  /** Slug of its account. */
  slug: string;
  payload: Schemas["TaskPayload"];
}

/** Reads the names of some tasks, in their order. */
export async function readTaskNames(database: Kysely<Tables>, tasks: readonly NamelessTask[]): Promise<TaskNames[]> {
  const wanted = tasks.map(({ row: { app_id: appId, account_id, result_account_id }, slug, payload }) => ({
    appId,
    account: { appId, slug, id: result_account_id ?? account_id },
    refs: findRefs(payload),
  }));
  const names = await readRecordNames(
    database,
    wanted.flatMap(({ appId, account, refs }) => [account, ...refs.map((ref) => ({ appId, ...ref }))]),
  );
  return wanted.map(({ appId, account, refs }) => toNames(names(account), toRefNames(appId, refs, names)));
}

function toNames(name: string | undefined, refNames: Pick<TaskNames, "ref_names">): TaskNames {
  return { ...(name !== undefined && { account_name: name }), ...refNames };
}

/** Adds the names to the items of a batch that do something; they are about these tasks in this order. */
export async function nameItems(
  database: Kysely<Tables>,
  slug: string,
  rows: readonly TaskRow[],
  items: readonly Schemas["BatchItem"][],
): Promise<Schemas["BatchItem"][]> {
  const tasks = items.flatMap(({ payload }, index) =>
    payload === undefined ? [] : [{ row: rows[index]!, slug, payload }],
  );
  const names = (await readTaskNames(database, tasks)).values();
  return items.map((item) => (item.payload === undefined ? item : { ...item, ...names.next().value }));
}

function findRefs({ memberships = {}, changes = {} }: Schemas["TaskPayload"]) {
  const changed = Object.entries(changes).flatMap(([slug, { added = [], removed = [] }]) =>
    findNameless({ [slug]: [...added, ...removed] }),
  );
  return [...findNameless(memberships), ...changed];
}
