import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { Tables } from "../database/schema.ts";
import { toLoggable } from "../loggable-error.ts";

/** The secret that a call used. */
type Secret = "current" | "old";

/** Stores when a key was used, with low precision, because a sync uses it for every page. */
type NoteUse = (keyId: string, secret: Secret) => Promise<void>;

const MINUTE_MS = 60 * 1000;
const MOST_REMEMBERED = 1_000;

/** Writes once a minute at most per secret, in all processes together. */
export function createNoteUse(database: Kysely<Tables>, { now, logger }: { now: () => Date; logger: Logger }): NoteUse {
  const noted = new Map<string, number>();
  return async (keyId, secret) => {
    const column = secret === "current" ? "last_used_at" : "old_secret_used_at";
    const place = `${keyId} ${secret}`;
    const time = now();
    const before = noted.get(place);
    if (before !== undefined && Math.abs(time.getTime() - before) < MINUTE_MS) return;
    if (noted.size >= MOST_REMEMBERED) noted.clear();
    noted.set(place, time.getTime());
    try {
      await database
        .updateTable("api_keys")
        .set({ last_used_at: time, [column]: time })
        .where("id", "=", keyId)
        .where((row) => row.or([row(column, "is", null), row(column, "<=", new Date(time.getTime() - MINUTE_MS))]))
        .execute();
    } catch (error) {
      // The call itself does not depend on it.
      logger.warn({ error: toLoggable(error), keyId }, "the last use of an API key could not be stored");
    }
  };
}
