import { type Kysely, type RawBuilder, sql } from "kysely";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import { problem } from "../http/http-error.ts";
import type { Handler } from "../http/operation.ts";
import { findApp } from "./find-app.ts";
import { noSuchType } from "./resource-types.ts";

export function createDeleteResourceType({ database }: BridgeContext): Handler<"deleteResourceType"> {
  return async ({ key, path: { app_id, slug } }) => {
    const { clone_group_id: groupId } = await findApp(database, key, app_id);
    const done = await database.transaction().execute(async (transaction) => {
      // Of all the group, as `lockApp` does for one: no session starts or ends meanwhile.
      const ofGroup = transaction.selectFrom("apps").select("id").where("clone_group_id", "=", groupId);
      await ofGroup.orderBy("id").forUpdate().execute();
      const found = (await findSession(transaction, groupId, slug)) ?? (await findRecords(transaction, groupId, slug));
      if (found !== undefined) return { obstacle: found };
      const type = await transaction
        .deleteFrom("resource_types")
        .where("clone_group_id", "=", groupId)
        .where("slug", "=", slug)
        .returning(["slug", "name", "type"])
        .executeTakeFirst();
      if (type === undefined) throw noSuchType(slug);
      return { type };
    });
    if ("obstacle" in done) return problem(409, `The resource type "${slug}" cannot be removed: ${done.obstacle}.`);
    return { status: 204, details: { before: done.type, after: null } };
  };
}

/**
 * A session that is open may bring a page of the type at any moment, because it remembers the types that it found, and
 * one that is due may be in its fold. One that is held brings what it has: records of the type, refs to them, or neither.
 */
async function findSession(transaction: Kysely<Tables>, groupId: string, slug: string): Promise<string | undefined> {
  const session = await transaction
    .selectFrom("sync_sessions as session")
    .innerJoin("apps", "apps.id", "session.app_id")
    .select(["apps.name", "session.id", "session.fold"])
    .where("apps.clone_group_id", "=", groupId)
    .where((row) =>
      row.or([
        row("session.status", "=", "in_progress"),
        row("session.fold", "=", "due"),
        row.and([row("session.fold", "=", "held"), brings(slug)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  if (session === undefined) return undefined;
  const { id, name, fold } = session;
  const state = fold === null ? "open" : fold === "held" ? "held by the removal guard" : "not folded yet";
  return `the session ${id} of the app "${name}" is ${state}`;
}

function brings(slug: string): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from sync_pages page
    where page.session_id = session.id and (page.slug = ${slug} or ${slug} = any(page.ref_slugs))
  )`;
}

async function findRecords(transaction: Kysely<Tables>, groupId: string, slug: string): Promise<string | undefined> {
  const counts = await transaction
    .selectFrom("records")
    .innerJoin("apps", "apps.id", "records.app_id")
    .select(["apps.name", sql<number>`count(*)::int`.as("count")])
    .where("apps.clone_group_id", "=", groupId)
    .where("records.slug", "=", slug)
    .groupBy(["apps.id", "apps.name"])
    .orderBy("apps.name")
    .execute();
  if (counts.length === 0) return undefined;
  return counts.map(({ name, count }) => `the app "${name}" has ${count} of its records`).join(", ");
}
