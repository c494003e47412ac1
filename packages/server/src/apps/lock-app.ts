import type { Kysely } from "kysely";
import type { Tables } from "../database/schema.ts";
import { noSuchApp } from "./find-app.ts";

/**
 * Lets one transaction at a time start, end or confirm a session of the app, or delete it. A reconciliation locks it
 * for its last statements. Returns the current name, guard and capabilities. Throws 404 if the app was deleted
 * meanwhile.
 *
 * Lock the app first. A reconciliation locks the other way round: first its due session, and the app at the very end.
 * So a transaction that has locked the app must never wait for a due session. A start does not, because no session
 * becomes due while it has locked the app, and it ignores those that are.
 */
export async function lockApp(transaction: Kysely<Tables>, appId: string) {
  const app = await transaction
    .selectFrom("apps")
    .select(["name", "removal_guard", "capabilities"])
    .where("id", "=", appId)
    .forUpdate()
    .executeTakeFirst();
  if (app === undefined) throw noSuchApp(appId);
  return app;
}

/** Protects an app from deletion until the transaction ends, and waits only for that. Throws 404 if it is gone. */
export async function keepApp(transaction: Kysely<Tables>, appId: string): Promise<void> {
  const app = await transaction
    .selectFrom("apps")
    .select("id")
    .where("id", "=", appId)
    .forKeyShare()
    .executeTakeFirst();
  if (app === undefined) throw noSuchApp(appId);
}
