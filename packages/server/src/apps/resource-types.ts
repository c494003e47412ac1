import type { Kysely } from "kysely";
import type { components } from "@bridgekit/client";
import { changeOf } from "../audit/change-of.ts";
import type { BridgeContext } from "../bridge-context.ts";
import type { Tables } from "../database/schema.ts";
import { NotFoundError, problem } from "../http/http-error.ts";
import type { Handlers } from "../http/operation.ts";
import { findApp } from "./find-app.ts";
import { keepApp } from "./lock-app.ts";

export type ResourceType = components["schemas"]["ResourceType"];
type ResourceTypeHandlers = Pick<Handlers, "listResourceTypes" | "createResourceType" | "updateResourceType">;

/** The path of a page of such a type would be that of the session's receipt. */
const RESERVED_SLUG = "receipt";

export function createResourceTypeHandlers({ database }: BridgeContext): ResourceTypeHandlers {
  return {
    async listResourceTypes({ key, path }) {
      const app = await findApp(database, key, path.app_id);
      return { status: 200, body: { resource_types: await resourceTypesOf(database, app.clone_group_id) } };
    },

    async createResourceType({ key, path, body: { slug, name, type }, remember }) {
      if (slug === RESERVED_SLUG)
        return problem(422, `slug: "${slug}" is reserved in the paths of pages; choose another`);
      const app = await findApp(database, key, path.app_id);
      return database.transaction().execute(async (transaction) => {
        await keepApp(transaction, app.id);
        const created = await transaction
          .insertInto("resource_types")
          .values({ clone_group_id: app.clone_group_id, slug, name, type })
          .onConflict((conflict) => conflict.columns(["clone_group_id", "slug"]).doNothing())
          .executeTakeFirst();
        if (created.numInsertedOrUpdatedRows !== 1n) {
          return problem(409, `The resource type "${slug}" is registered already, for this app and all of its clones.`);
        }
        const details = { before: null, after: { slug, name, type } };
        const response = { status: 201, body: { slug, name, type }, details } as const;
        await remember(transaction, response);
        return response;
      });
    },

    async updateResourceType({ key, path, body: { name } }) {
      const app = await findApp(database, key, path.app_id);
      const { before, after } = await database.transaction().execute(async (transaction) => {
        const ofGroup = { clone_group_id: app.clone_group_id, slug: path.slug };
        const before = await transaction
          .selectFrom("resource_types")
          .select(["slug", "name", "type"])
          .where((row) => row.and(ofGroup))
          .forUpdate()
          .executeTakeFirst();
        if (before === undefined) throw noSuchType(path.slug);
        await transaction
          .updateTable("resource_types")
          .set({ name })
          .where((row) => row.and(ofGroup))
          .execute();
        return { before, after: { ...before, name } };
      });
      return { status: 200, body: after, details: changeOf(before, after) };
    },
  };
}

/** The types of a clone group, by slug. */
export function resourceTypesOf(database: Kysely<Tables>, cloneGroupId: string): Promise<ResourceType[]> {
  return database
    .selectFrom("resource_types")
    .select(["slug", "name", "type"])
    .where("clone_group_id", "=", cloneGroupId)
    .orderBy("slug")
    .execute();
}

/** The same, of several groups by their ids. */
export async function resourceTypesOfGroups(
  database: Kysely<Tables>,
  cloneGroupIds: Iterable<string>,
): Promise<Map<string, ResourceType[]>> {
  const rows = await database
    .selectFrom("resource_types")
    .select(["clone_group_id", "slug", "name", "type"])
    .where((row) => row("clone_group_id", "=", row.fn.any(row.val([...new Set(cloneGroupIds)]))))
    .orderBy("slug")
    .execute();
  return Map.groupBy(rows, (row) => row.clone_group_id);
}

export function noSuchType(slug: string): NotFoundError {
  return new NotFoundError(`No resource type has the slug "${slug}"; register it first.`);
}
