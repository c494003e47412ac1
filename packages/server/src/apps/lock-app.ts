import type { Kysely } from "kysely";
import type { Tables } from "../database/schema.ts";
import { noSuchApp } from "./find-app.ts";

/**
 * Lets one transaction at a time start, end or confirm a session of the app, or delete it; one that was deleted
 * meanwhile answers 404. A reconciliation holds it for its last statements. Returns name, guard and capabilities as they stand now.
 *
 * It comes first in all of them. A reconciliation goes the other way, from its session, which is due, to the app at its very end:
 * so whoever holds the app must never wait for a session that is due. A start does not, because no session becomes due
 * while it holds the app, and it does not see those that are.
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

/** Keeps an app from being deleted until the transaction ends, and waits for nobody but that; throws 404 where it is gone. */
export async function keepApp(transaction: Kysely<Tables>, appId: string): Promise<void> {
  const app = await transaction
    .selectFrom("apps")
    .select("id")
    .where("id", "=", appId)
    .forKeyShare()
    .executeTakeFirst();
  if (app === undefined) throw noSuchApp(appId);
}
