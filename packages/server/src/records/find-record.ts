import type { Kysely, Selectable } from "kysely";
import { type App, findApp } from "../apps/find-app.ts";
import { noSuchType, type ResourceType, resourceTypesOf } from "../apps/resource-types.ts";
import type { Tables } from "../database/schema.ts";
import { NotFoundError } from "../http/http-error.ts";
import type { VerifiedKey } from "../keys/authenticate.ts";

export interface FoundRecord {
  app: App;
  types: readonly ResourceType[];
  kind: ResourceType["type"];
  row: Selectable<Tables["records"]>;
}

/** Finds a record that the caller may read. Throws 404 if its app, type or id does not exist. */
export async function findRecord(
  database: Kysely<Tables>,
  key: VerifiedKey,
  { app_id, slug, record_id }: { app_id: string; slug: string; record_id: string },
): Promise<FoundRecord> {
  const app = await findApp(database, key, app_id);
  const types = await resourceTypesOf(database, app.clone_group_id);
  const kind = types.find((type) => type.slug === slug)?.type;
  if (kind === undefined) throw noSuchType(slug);
  const row = await database
    .selectFrom("records")
    .selectAll()
    .where("app_id", "=", app.id)
    .where("slug", "=", slug)
    .where("id", "=", record_id)
    .executeTakeFirst();
  if (row === undefined) throw new NotFoundError(`No ${slug} has the id ${record_id}.`);
  return { app, types, kind, row };
}
