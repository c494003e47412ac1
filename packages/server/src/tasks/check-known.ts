import type { Kysely } from "kysely";
import type { components } from "@bridgekit/client";
import type { ResourceType } from "../apps/resource-types.ts";
import type { Tables } from "../database/schema.ts";

type Schemas = components["schemas"];

interface NewTask {
  action: Schemas["TaskAction"];
  payload: Schemas["TaskPayload"];
  types: readonly ResourceType[];
}

/** A group or a license that the payload refers to, and where. */
interface Place {
  path: string;
  slug: string;
  id: string;
}

/**
 * What the task refers to and the app does not know; refused with 422. Inactive records and stubs are known: the system
 * decides about them.
 */
export async function findUnknown(
  database: Kysely<Tables>,
  appId: string,
  { action, payload, types }: NewTask,
): Promise<string | undefined> {
  const accountId = payload.account.id;
  if (action === "create_account" && (await isLive(database, appId, accountId, types)))
    return (
      `payload.account.id: '${accountId}' is a live account. Request another id; ` +
      `if the account is gone from the system, sync the app first`
    );
  const places = [...placesOf(payload)];
  const known = await slugsById(database, appId, types, [accountId, ...places.map(({ id }) => id)]);
  const kinds = new Map(types.map(({ slug, type }) => [slug, type]));

  // For an account to be created the id is only a request.
  if (action !== "create_account") {
    const isPushed = known.get(accountId)?.some((slug) => kinds.get(slug) === "account") ?? false;
    if (!isPushed && !(await isCreated(database, appId, accountId)))
      return `payload.account: unknown account '${accountId}'; it was never synced, and no task creates it`;
  }
  for (const { path, slug, id } of places) {
    const slugs = known.get(id) ?? [];
    if (slugs.includes(slug)) continue;
    const kind = kinds.get(slug);
    const elsewhere = slugs.filter((other) => kinds.get(other) !== "account");
    return elsewhere.length === 0
      ? `${path}: unknown ${kind} '${id}'`
      : `${path}: '${id}' is no '${slug}'; it is known as '${elsewhere.join("', '")}'`;
  }
  return undefined;
}

/** What the payload refers to. */
export function* placesOf({ memberships = {}, changes = {} }: Schemas["TaskPayload"]): Generator<Place> {
  for (const [slug, refs] of Object.entries(memberships))
    for (const { id } of refs) yield { path: `payload.memberships.${slug}`, slug, id };
  for (const [slug, change] of Object.entries(changes))
    for (const side of ["added", "removed"] as const)
      for (const { id } of change[side] ?? []) yield { path: `payload.changes.${slug}.${side}`, slug, id };
}

/** The slugs under which the app has records with the ids. */
async function slugsById(
  database: Kysely<Tables>,
  appId: string,
  types: readonly ResourceType[],
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  const known = new Map<string, string[]>();
  if (types.length === 0) return known;
  const rows = await database
    .selectFrom("records")
    .select(["slug", "id"])
    .where("app_id", "=", appId)
    .where(
      "slug",
      "in",
      types.map(({ slug }) => slug),
    )
    .where((row) => row("id", "=", row.fn.any(row.val([...new Set(ids)]))))
    .orderBy("slug")
    .execute();
  for (const { slug, id } of rows) known.set(id, [...(known.get(id) ?? []), slug]);
  return known;
}

/** Whether the app has the account, so that the id means this one. */
async function isLive(
  database: Kysely<Tables>,
  appId: string,
  accountId: string,
  types: readonly ResourceType[],
): Promise<boolean> {
  const slugs = types.filter(({ type }) => type === "account").map(({ slug }) => slug);
  if (slugs.length === 0) return false;
  const record = await database
    .selectFrom("records")
    .select("id")
    .where("app_id", "=", appId)
    .where("slug", "in", slugs)
    .where("id", "=", accountId)
    .where("removed_at", "is", null)
    .executeTakeFirst();
  return record !== undefined;
}

/** Whether a task creates the account or has created it, under the requested or the assigned id. */
async function isCreated(database: Kysely<Tables>, appId: string, accountId: string): Promise<boolean> {
  const task = await database
    .selectFrom("tasks")
    .select("id")
    .where("app_id", "=", appId)
    .where((row) => row.or([row("account_id", "=", accountId), row("result_account_id", "=", accountId)]))
    .where("action", "=", "create_account")
    .where((row) => row.or([row("outcome", "is", null), row("outcome", "=", "completed")]))
    .limit(1)
    .executeTakeFirst();
  return task !== undefined;
}
