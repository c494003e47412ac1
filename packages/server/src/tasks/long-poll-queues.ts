import { sql } from "kysely";
import type { BridgeContext } from "../bridge-context.ts";
import { currentCaller, runFor, runWithoutCaller } from "../database/caller.ts";
import type { VerifiedKey } from "../keys/authenticate.ts";
import { toLoggable } from "../loggable-error.ts";
import { LongPollQueue } from "./long-poll-queue.ts";
import { isLeased, lastDue } from "./task-status.ts";

/** After these there may be a task to claim. */
const SIGNALS: ReadonlySet<string> = new Set(["task.created", "task.released", "task.ended"]);

interface Wait {
  key: VerifiedKey;
  orgId: string;
  appId: string;
  /** What a request waits for: to claim tasks, or for pending ones. */
  purpose: "claim" | "list";
  seconds: number;
  /** Aborts when the client has gone. */
  signal: AbortSignal;
}

interface OpenQueue {
  queue: LongPollQueue;
  /** Resolves to a function that stops listening. */
  listening: Promise<() => void>;
  users: number;
}

/** The long-poll queues of all apps. A waiting request holds no connection to the database. */
export class LongPollQueues {
  readonly #context: BridgeContext;
  readonly #queues = new Map<string, OpenQueue>();

  constructor(context: BridgeContext) {
    this.#context = context;
  }

  /**
   * Returns what the attempt finds, now or as soon as there is something; undefined once the time is over, the client
   * has gone or the Bridge is stopping.
   */
  async wait<T>(
    { key, orgId, appId, purpose, seconds, signal }: Wait,
    attempt: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const { stopping, authenticator } = this.#context;
    const name = `${purpose} ${appId}`;
    const open = this.#queues.get(name) ?? runWithoutCaller(() => this.#open(orgId, appId));
    const caller = currentCaller();
    this.#queues.set(name, open);
    open.users++;
    try {
      await open.listening;
      const over = AbortSignal.any([signal, stopping, AbortSignal.timeout(seconds * 1000)]);
      let found: T | undefined;
      const look = async () => {
        // A key that was revoked during the wait must not receive anything.
        await authenticator.recheck(key);
        return (found = await attempt()) !== undefined;
      };
      // The request that wakes the queue is another caller.
      await open.queue.wait(() => runFor(caller, look), over);
      if (found === undefined) await authenticator.recheck(key);
      return found;
    } finally {
      if (--open.users === 0) {
        this.#queues.delete(name);
        open.listening.then(
          (stop) => stop(),
          () => {},
        );
      }
    }
  }

  #open(orgId: string, appId: string): OpenQueue {
    const { database, events, logger, now } = this.#context;
    const queue = new LongPollQueue({
      nextDue: async (after) => {
        const { rows } = await runWithoutCaller(() => nextDue(appId, after).execute(database));
        return rows[0]?.due ?? undefined;
      },
      onError: (error) => logger.error({ error: toLoggable(error), appId }, "could not find out when a task comes due"),
      now,
    });
    const listening = events.subscribe(orgId, (notice) => {
      if (notice === undefined) return queue.signal();
      if (notice.appId !== appId) return;
      // The end of a task makes the account's next one available.
      if (SIGNALS.has(notice.type)) queue.signal();
      if (notice.type === "task.claimed") queue.onClaimed();
    });
    return { queue, listening, users: 0 };
  }
}

// Runners take the oldest tasks, so leases are at the head of the queue; one further back is found by the regular look.
const MOST_LEASES = 1_000;

/** When the next task of the app after this time comes due, by its schedule or because a lease expires. */
function nextDue(appId: string, after: Date) {
  return sql<{ due: Date | null }>`
    select least(
      (select min(execute_after) from tasks
        where app_id = ${appId} and outcome is null and execute_after > ${after} and is_scheduled),
      (select min(lease_expires_at) from (
        select lease_expires_at from tasks
        where app_id = ${appId} and outcome is null and execute_after <= ${lastDue(appId, after)}
        order by execute_after, sequence limit ${MOST_LEASES}
      ) oldest where ${isLeased("oldest", after)})
    ) as due
  `;
}
