import { isDeepStrictEqual } from "node:util";
import type { Kysely } from "kysely";
import { type components, judgeLosses, type Loss } from "@bridgekit/client";
import { lockApp } from "../../apps/lock-app.ts";
import { describeOverdraft, findOverdraft } from "../../budget/overdraft.ts";
import { spend } from "../../budget/spend.ts";
import type { ReconciliationCount } from "../../database/tables/apps.ts";
import type { Tables } from "../../database/schema.ts";
import { orderDeletion } from "../../deletion/order-deletion.ts";
import type { EventLog } from "../../events/event-log.ts";
import { NotFoundError } from "../../http/http-error.ts";
import { updateCounts } from "../../records/record-counts.ts";
import { markBehind } from "../../records/ref-index.ts";
import type { Session } from "../find-session.ts";
import { publishEnd } from "../publish-end.ts";
import { applyChanges } from "./apply-changes.ts";
import { countRefs, type RefCount, toCounts } from "./count-refs.ts";
import { forgetCreated, writeCreated } from "./created-records.ts";
import { findChanges } from "./find-changes.ts";
import { findLosses } from "./find-losses.ts";
import { forgetEqual } from "./forget-equal.ts";
import { keepRecords } from "./keep-records.ts";
import { lockNext } from "./lock-next.ts";
import { ReconciliationError, GuardChangedError } from "./reconciliation-error.ts";
import type { ReconciliationTarget } from "./reconciliation-target.ts";
import { describeHeld, toJudgement } from "./removal-guard.ts";
import { type Tally, tallyChanges, total } from "./tally.ts";

type SyncError = components["schemas"]["SyncError"];

export interface ReconciliationOptions {
  events: Pick<EventLog, "publish">;
  now: () => Date;
  tuneReconciliation: (transaction: Kysely<Tables>) => Promise<void>;
}

/** A session that is no longer due, and its outcome. */
export interface ReconciledSession {
  syncId: string;
  outcome: "completed" | "abandoned" | "held";
}

/**
 * Reconciles the due session of the app that ended first, in one transaction. Returns undefined if none is due or
 * another worker has it. Throws a `ReconciliationError` if the reconciliation of a session fails; any other error
 * happened before there was one.
 *
 * Every worker takes the oldest session and locks its row, so the reconciliations of an app run one after the other and
 * in the order of their ends, however many workers there are. If the guard changed meanwhile, the reconciliation is
 * rolled back and repeated.
 */
export async function reconcileNext(
  database: Kysely<Tables>,
  appId: string,
  options: ReconciliationOptions,
): Promise<ReconciledSession | undefined> {
  for (;;)
    try {
      return await tryNext(database, appId, options);
    } catch (error) {
      // The app was deleted meanwhile.
      if (error instanceof NotFoundError) return undefined;
      if (!(error instanceof GuardChangedError)) throw error;
    }
}

function tryNext(
  database: Kysely<Tables>,
  appId: string,
  options: ReconciliationOptions,
): Promise<ReconciledSession | undefined> {
  return database.transaction().execute(async (transaction) => {
    const target = await lockNext(transaction, appId, options.now());
    if (target === undefined) return undefined;
    await options.tuneReconciliation(transaction);
    try {
      return { syncId: target.session.id, outcome: await reconcileSession(transaction, target, options) };
    } catch (error) {
      throw error instanceof GuardChangedError || error instanceof NotFoundError
        ? error
        : new ReconciliationError(target.session.id, error);
    }
  });
}

async function reconcileSession(
  transaction: Kysely<Tables>,
  target: ReconciliationTarget,
  { events, now }: Pick<ReconciliationOptions, "events" | "now">,
): Promise<ReconciledSession["outcome"]> {
  // Changes that were found when the guard held the session are found again now.
  if (target.session.confirmed_by !== null) await dropChanges(transaction, target.session);
  const pushed = await findChanges(transaction, target);
  let tallies = await tallyChanges(transaction, target, pushed);
  if (total(tallies, "updated") > 0 && (await forgetEqual(transaction, target)) > 0n)
    tallies = await tallyChanges(transaction, target, pushed);
  const isConfirmed = target.session.confirmed_by !== null;
  const kept = isConfirmed ? await keepRecords(transaction, target.session.id) : 0;
  if (kept > 0) tallies = await tallyChanges(transaction, target, pushed);
  const refs = await countRefs(transaction, target, tallies);
  const losses = await judgedLosses(transaction, target, { tallies, refs });
  const held = isConfirmed ? [] : judgeLosses(losses, target.guard);
  if (held.length > 0) {
    await hold(transaction, target, { losses, describe: (isReplaced) => describeHeld(held, isReplaced), events });
    return "held";
  }
  const removals = {
    orgId: target.orgId,
    kind: "removals",
    count: total(tallies, "removed"),
    now: target.now,
  } as const;
  const overdraft = isConfirmed ? undefined : await findOverdraft(transaction, removals);
  if (overdraft) {
    await hold(transaction, target, {
      losses,
      describe: (isReplaced) => describeOverdraft(overdraft, isReplaced),
      events,
    });
    return "held";
  }
  await applyChanges(transaction, target, tallies);
  await forgetCreated(transaction, target.session.id);
  const countChanges = tallies.map(({ slug, created, returned, removed }) => ({
    slug,
    by: created + returned - removed,
  }));
  await updateCounts(transaction, { appId: target.session.app_id, version: target.version }, countChanges);
  await lockGuard(transaction, target);
  // Another reconciliation may have used the budget meanwhile: then this one is judged again.
  if (!isConfirmed && (await spend(transaction, { ...removals, isWhole: true })) < removals.count)
    throw new GuardChangedError();
  const counts = toCounts(tallies, refs);
  await finish(transaction, target, { counts, losses, kept, events, reconciledAt: now() });
  return target.session.status === "completing" ? "completed" : "abandoned";
}

/** What the guard judges; nothing if it is disabled or an administrator has confirmed the removals. */
async function judgedLosses(
  transaction: Kysely<Tables>,
  target: ReconciliationTarget,
  counted: { tallies: readonly Tally[]; refs: readonly RefCount[] },
): Promise<readonly Loss[]> {
  const { session, guard } = target;
  if (guard === null || session.confirmed_by !== null) return [];
  return findLosses(transaction, target, { ...counted, guard });
}

/**
 * Holds the session for an administrator, with the changes that it would make. If a newer session has started, it is
 * dropped, because nobody may confirm it any more.
 */
async function hold(
  transaction: Kysely<Tables>,
  target: ReconciliationTarget,
  {
    losses,
    describe,
    events,
  }: {
    losses: readonly Loss[];
    describe: (isReplaced: boolean) => SyncError;
    events: ReconciliationOptions["events"];
  },
): Promise<void> {
  const { session, orgId, guard, now } = target;
  await writeCreated(transaction, session.id);
  await lockGuard(transaction, target);
  const isReplaced = await hasNewerSession(transaction, session);
  const error = describe(isReplaced);
  await transaction
    .updateTable("sync_sessions")
    .set({
      status: "error",
      reconciliation: isReplaced ? "dropped" : "held",
      reconciliation_started_at: now,
      error: JSON.stringify(error),
      judgement: JSON.stringify(toJudgement(guard, losses)),
    })
    .where("id", "=", session.id)
    .execute();
  if (isReplaced) await orderDeletion(transaction, "dropped_session", [session.id]);
  await publishEnd(transaction, events, { orgId, session, status: "error", errorCode: error.error_code });
}

/**
 * Locks the app for the rest of the reconciliation: the guard that judged still applies, and no newer session starts
 * unnoticed. Comes last, because ends and starts wait for it.
 */
async function lockGuard(transaction: Kysely<Tables>, { session, guard }: ReconciliationTarget): Promise<void> {
  const { removal_guard } = await lockApp(transaction, session.app_id);
  if (!isDeepStrictEqual(removal_guard, guard)) throw new GuardChangedError();
}

async function dropChanges(transaction: Kysely<Tables>, session: Session): Promise<void> {
  await transaction.deleteFrom("record_changes").where("session_id", "=", session.id).execute();
}

async function finish(
  transaction: Kysely<Tables>,
  { session, orgId, guard, version, now }: ReconciliationTarget,
  {
    counts,
    losses,
    kept,
    events,
    reconciledAt,
  }: {
    counts: ReconciliationCount[];
    losses: readonly Loss[];
    kept: number;
    events: ReconciliationOptions["events"];
    reconciledAt: Date;
  },
): Promise<void> {
  const isComplete = session.status === "completing";
  const status = isComplete ? "completed" : "abandoned";
  await orderDeletion(transaction, "reconciled_pages", [session.id]);
  await markBehind(transaction, session.app_id);
  await transaction
    .updateTable("sync_sessions")
    .set({
      status,
      reconciliation: "done",
      version,
      reconciliation_started_at: now,
      reconciled_at: reconciledAt,
      counts: JSON.stringify(counts),
      error: null,
      kept: null,
      ...(kept > 0 && { kept_count: kept }),
      // The judgement from when the session was held stays.
      ...(isComplete && session.confirmed_by === null && { judgement: JSON.stringify(toJudgement(guard, losses)) }),
    })
    .where("id", "=", session.id)
    .execute();
  await transaction
    .updateTable("apps")
    .set({
      live_version: version,
      ...(isComplete && { last_synced_at: reconciledAt, configuration_status: "CONFIGURED" }),
    })
    .where("id", "=", session.app_id)
    .execute();
  await publishEnd(transaction, events, { orgId, session, status, counts });
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
