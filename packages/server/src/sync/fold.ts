import type { Kysely } from "kysely";
import type { FoldCount, Tables } from "../database/schema.ts";
import type { Ref } from "./collect-refs.ts";
import type { Session } from "./find-session.ts";
import { FoldError } from "./fold-error.ts";
import {
  applyPages,
  applyRefs,
  countActive,
  countChanges,
  findMissing,
  readRefs,
  removeMissing,
} from "./fold-statements.ts";
import type { FoldTarget } from "./fold-target.ts";
import { describeHeld, type Removal, suspiciousRemovals } from "./removal-guard.ts";

/** Thrown inside the transaction of a fold to undo it. */
class RemovalsHeldError extends Error {
  readonly session: Session;
  readonly held: readonly Removal[];

  constructor(session: Session, held: readonly Removal[]) {
    super(`The removal guard holds the session ${session.id}.`);
    this.name = "RemovalsHeldError";
    this.session = session;
    this.held = held;
  }
}

/** A session that is due no longer, and what became of it. */
export interface FoldedSession {
  syncId: string;
  outcome: "completed" | "abandoned" | "held";
}

/**
 * Folds the session of the app that ended first and is due, in one transaction. Answers undefined where none is due, and
 * throws a `FoldError` where the fold of a session fails; any other error came before there was one.
 *
 * Every worker goes for the oldest session and locks its row: so the folds of one app run one after the other and in
 * the order of their ends, however many workers and jobs there are.
 */
export async function foldNext(database: Kysely<Tables>, appId: string, now: Date): Promise<FoldedSession | undefined> {
  try {
    return await database.transaction().execute(async (transaction) => {
      const target = await lockNext(transaction, appId, now);
      if (target === undefined) return undefined;
      try {
        const counts = await fold(transaction, target);
        await finish(transaction, target, counts);
      } catch (error) {
        throw error instanceof RemovalsHeldError ? error : new FoldError(target.session.id, error);
      }
      const { id, status } = target.session;
      return { syncId: id, outcome: status === "completing" ? "completed" : "abandoned" } as const;
    });
  } catch (error) {
    if (!(error instanceof RemovalsHeldError)) throw error;
    try {
      await hold(database, error.session, error.held);
    } catch (cause) {
      throw new FoldError(error.session.id, cause);
    }
    return { syncId: error.session.id, outcome: "held" };
  }
}

async function lockNext(transaction: Kysely<Tables>, appId: string, now: Date): Promise<FoldTarget | undefined> {
  const session = await transaction
    .selectFrom("sync_sessions")
    .selectAll()
    .where("app_id", "=", appId)
    .where("fold", "=", "due")
    .orderBy("ended_sequence")
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  if (session === undefined) {
    // Another worker may have just folded what we waited for; a later session is found by looking again.
    const next = await transaction
      .selectFrom("sync_sessions")
      .select("id")
      .where("app_id", "=", appId)
      .where("fold", "=", "due")
      .executeTakeFirst();
    return next === undefined ? undefined : lockNext(transaction, appId, now);
  }
  const app = await transaction
    .selectFrom("apps")
    .select(["live_version", "removal_guard"])
    .where("id", "=", appId)
    .executeTakeFirstOrThrow();
  return { session, guard: app.removal_guard, version: app.live_version + 1, now };
}

async function fold(transaction: Kysely<Tables>, target: FoldTarget): Promise<FoldCount[]> {
  const isComplete = target.session.status === "completing";
  const activeBefore = isComplete ? await countActive(transaction, target) : new Map<string, number>();
  await applyPages(transaction, target);
  const refs = await readRefs(transaction, target);
  await applyRefs(transaction, target, refs);
  if (isComplete) await remove(transaction, target, { activeBefore, refs });
  return countChanges(transaction, target);
}

async function remove(
  transaction: Kysely<Tables>,
  target: FoldTarget,
  { activeBefore, refs }: { activeBefore: ReadonlyMap<string, number>; refs: readonly Ref[] },
): Promise<void> {
  const missing = await findMissing(transaction, target, refs);
  if (missing.size === 0) return;
  const removals = [...missing].map(([slug, removed]) => ({ slug, removed, active: activeBefore.get(slug) ?? 0 }));
  const held = target.session.confirmed_by === null ? suspiciousRemovals(removals, target.guard) : [];
  if (held.length > 0) throw new RemovalsHeldError(target.session, held);
  await removeMissing(transaction, target, refs);
}

async function finish(transaction: Kysely<Tables>, target: FoldTarget, counts: FoldCount[]): Promise<void> {
  const { session, version, now } = target;
  const isComplete = session.status === "completing";
  await transaction.deleteFrom("sync_pages").where("session_id", "=", session.id).execute();
  await transaction
    .updateTable("sync_sessions")
    .set({
      status: isComplete ? "completed" : "abandoned",
      fold: "done",
      folded_at: now,
      counts: JSON.stringify(counts),
      error: null,
    })
    .where("id", "=", session.id)
    .execute();
  await transaction
    .updateTable("apps")
    .set({ live_version: version, ...(isComplete && { last_synced_at: now, configuration_status: "CONFIGURED" }) })
    .where("id", "=", session.app_id)
    .execute();
}

/** Puts the session aside for an administrator; where a newer one has started, nobody may let it pass any more. */
async function hold(database: Kysely<Tables>, session: Session, held: readonly Removal[]): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const isReplaced = await hasNewerSession(transaction, session);
    await transaction
      .updateTable("sync_sessions")
      .set({
        status: "error",
        fold: isReplaced ? "dropped" : "held",
        error: JSON.stringify({ error_code: "REMOVALS_HELD", message: describeHeld(held, isReplaced) }),
      })
      .where("id", "=", session.id)
      .where("fold", "=", "due")
      .execute();
    if (isReplaced) await transaction.deleteFrom("sync_pages").where("session_id", "=", session.id).execute();
  });
}

export async function hasNewerSession(
  database: Kysely<Tables>,
  { app_id, sequence }: Pick<Session, "app_id" | "sequence">,
): Promise<boolean> {
  const newer = await database
    .selectFrom("sync_sessions")
    .select("id")
    .where("app_id", "=", app_id)
    .where("sequence", ">", sequence)
    .limit(1)
    .executeTakeFirst();
  return newer !== undefined;
}
