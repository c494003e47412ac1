import type { Kysely, Selectable } from "kysely";
import type { Tables } from "../database/schema.ts";
import { NotFoundError } from "../http/http-error.ts";
import type { VerifiedKey } from "../keys/authenticate.ts";
import { mayUseApp } from "../keys/may-use-app.ts";

export type App = Selectable<Tables["apps"]>;

/** Returns the app if the key may use it; otherwise it looks like one that does not exist. */
export async function findApp(database: Kysely<Tables>, key: VerifiedKey, appId: string): Promise<App> {
  if (!(await mayUseApp(database, key, appId))) throw noSuchApp(appId);
  const app = await database
    .selectFrom("apps")
    .selectAll()
    .where("id", "=", appId)
    .where("org_id", "=", key.orgId)
    .executeTakeFirst();
  if (app === undefined) throw noSuchApp(appId);
  return app;
}

export function noSuchApp(appId: string): NotFoundError {
  return new NotFoundError(`No app has the id ${appId}.`);
}
