import type { Kysely } from "kysely";
import type { Tables } from "../database/schema.ts";
import { HttpError } from "../http/http-error.ts";
import type { VerifiedKey } from "./authenticate.ts";

type Caller = Pick<VerifiedKey, "id" | "appIds">;

/** The most apps that a new key can be limited to. */
const MOST_APPS = 100;

/**
 * Whether the key may use an app of its organisation. To a limited key any other app looks like one that does not
 * exist. Nothing else decides this.
 */
export async function mayUseApp(database: Kysely<Tables>, key: Caller, appId: string): Promise<boolean> {
  if (key.appIds === null) return true;
  const id = appId.toLowerCase();
  // The cached key may be older than an app that it has created in another process.
  return key.appIds.includes(id) || (await readAppIds(database, key)).includes(id);
}

/** The apps that a limited key may use now. */
export async function readAppIds(database: Kysely<Tables>, { id }: Caller): Promise<readonly string[]> {
  const key = await database.selectFrom("api_keys").select("app_ids").where("id", "=", id).executeTakeFirst();
  return key?.app_ids ?? [];
}

/** Lets a limited key use the app that it has created; throws 409 if it must not create it. */
export async function addOwnApp(
  transaction: Kysely<Tables>,
  { id, orgId, appIds: rememberedIds }: VerifiedKey,
  app: { id: string; name: string },
): Promise<void> {
  if (rememberedIds === null) return;
  const { app_ids: appIds } = await transaction
    .selectFrom("api_keys")
    .select("app_ids")
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (appIds === null) return;
  if (appIds.length >= MOST_APPS)
    throw new HttpError(409, `The API key reaches ${MOST_APPS} apps, the most that a limited key can; use another.`);
  const namesake = await transaction
    .selectFrom("apps")
    .select("id")
    .where("org_id", "=", orgId)
    .where("name", "=", app.name)
    .where("id", "not in", [...appIds, app.id])
    .limit(1)
    .executeTakeFirst();
  if (namesake !== undefined)
    throw new HttpError(
      409,
      `An app named "${app.name}" exists that this API key does not reach. Use a key for that app, or another name.`,
    );
  await transaction
    .updateTable("api_keys")
    .set({ app_ids: [...appIds, app.id] })
    .where("id", "=", id)
    .execute();
}
