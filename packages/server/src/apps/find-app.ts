import type { Kysely, Selectable } from "kysely";
import type { Tables } from "../database/schema.ts";
import { NotFoundError } from "../http/http-error.ts";
import type { VerifiedKey } from "../keys/authenticate.ts";

export type App = Selectable<Tables["apps"]>;

/** The app, if it is one of the key's organisation; another organisation's app answers as if there were none. */
export async function findApp(database: Kysely<Tables>, key: VerifiedKey, appId: string): Promise<App> {
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
