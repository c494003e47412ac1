import type { Kysely, Selectable } from "kysely";
import type { Tables } from "../database/schema.ts";
import { NotFoundError } from "../http/http-error.ts";

/** All columns but the receipt, which is large. */
export const SESSION_COLUMNS = [
  "id",
  "app_id",
  "sequence",
  "status",
  "reconciliation",
  "base_version",
  "ended_sequence",
  "started_at",
  "ended_at",
  "reconciliation_started_at",
  "reconciled_at",
  "version",
  "started_by",
  "confirmed_by",
  "discarded_by",
  "expires_at",
  "error",
  "counts",
  "kept_count",
  "judgement",
] as const satisfies (keyof Tables["sync_sessions"])[];

export type Session = Pick<Selectable<Tables["sync_sessions"]>, (typeof SESSION_COLUMNS)[number]>;

/** Finds a session of an app that the caller may use. */
export async function findSession(database: Kysely<Tables>, appId: string, syncId: string): Promise<Session> {
  const session = await database
    .selectFrom("sync_sessions")
    .select(SESSION_COLUMNS)
    .where("id", "=", syncId)
    .where("app_id", "=", appId)
    .executeTakeFirst();
  if (session === undefined) throw noSuchSession(syncId);
  return session;
}

export function noSuchSession(syncId: string): NotFoundError {
  return new NotFoundError(`No sync session of this app has the id ${syncId}.`);
}

/** Why an ended session accepts nothing more. */
export function describeEnd({ status, reconciliation }: Pick<Session, "status" | "reconciliation">): string {
  switch (status) {
    case "in_progress":
      return "The session is in progress.";
    case "completing":
      return "The session is completing; start a new one.";
    case "completed":
      return "The session is completed; start a new one.";
    case "error":
      if (reconciliation === "held")
        return "The removal guard holds the session; confirm it, discard it or start a new one.";
      if (reconciliation === "failed")
        return "The session failed; confirm it to try again, discard it or start a new one.";
      return "The session ended with an error; start a new one.";
    case "abandoned":
      return reconciliation === "dropped"
        ? "The session was replaced by a newer one, discarded or expired, and its pages are gone; start a new one."
        : "The session was abandoned; start a new one.";
    default:
      status satisfies never;
      return "The session has ended.";
  }
}
