import { sql } from "kysely";
import type { BridgeContext } from "../bridge-context.ts";
import { currentCaller, runFor, runForNobody } from "../database/caller.ts";
import type { VerifiedKey } from "../keys/authenticate.ts";
import { toLoggable } from "../loggable-error.ts";
import { LongPollQueue } from "./long-poll-queue.ts";
import { isLeased, lastDue } from "./task-status.ts";

interface Wait {
  key: VerifiedKey;
  orgId: string;
  appId: string;
  /** What is waited for: to claim something, or to see that something is pending. */
  purpose: "claim" | "list";
  seconds: number;
  /** Aborts when the client has gone. */
  signal: AbortSignal;
}

interface OpenLine {
  line: LongPollQueue;
  /** Resolves with how to stop listening. */
  listening: Promise<() => void>;
  users: number;
}

/** Where requests wait for tasks. Whoever waits holds no connection to the database. */
export class LongPollQueues {
  readonly #context: BridgeContext;
  readonly #lines = new Map<string, OpenLine>();

  constructor(context: BridgeContext) {
    this.#context = context;
  }

  /**
   * What the attempt finds, now or as soon as there is something; undefined once the time is over, the client has gone
   * or the Bridge is stopping.
   */
  async wait<T>(
    { key, orgId, appId, purpose, seconds, signal }: Wait,
    attempt: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const { stopping, authenticator } = this.#context;
    const name = `${purpose} ${appId}`;
    const open = this.#lines.get(name) ?? runForNobody(() => this.#open(orgId, appId));
    const caller = currentCaller();
    this.#lines.set(name, open);
    open.users++;
    try {
      await open.listening;
      const over = AbortSignal.any([signal, stopping, AbortSignal.timeout(seconds * 1000)]);
      let found: T | undefined;
      const look = async () => {
        // Whoever waited must not be given anything by a key that was revoked meanwhile.
        await authenticator.recheck(key);
        return (found = await attempt()) !== undefined;
      };
      // Whoever wakes the line is another one.
      await open.line.wait(() => runFor(caller, look), over);
      if (found === undefined) await authenticator.recheck(key);
      return found;
    } finally {
      if (--open.users === 0) {
        this.#lines.delete(name);
        open.listening.then(
          (stop) => stop(),
          () => {},
        );
      }
    }
  }

  #open(orgId: string, appId: string): OpenLine {
    const { database, events, logger, now } = this.#context;
    const line = new LongPollQueue({
      untilDue: async () => {
        const time = now();
        const due = await runForNobody(() => nextDue(appId, time).execute(database));
        const [next] = due.rows;
        return next?.due == null ? undefined : next.due.getTime() - time.getTime();
      },
      onError: (error) => logger.error({ error: toLoggable(error), appId }, "could not tell when a task comes due"),
    });
    const listening = events.subscribe(orgId, (notice) => {
      if (notice === undefined) return line.hear();
      if (notice.appId !== appId) return;
      // The end of a task lets the next one of its account out.
      if (notice.type === "task.created" || notice.type === "task.ended") line.hear();
      if (notice.type === "task.claimed") line.onClaimed();
    });
    return { line, listening, users: 0 };
  }
}

// A runner takes the oldest, so the leases are at the head of the line; one further back is found by looking regularly.
const MOST_LEASES = 1_000;

/** When the next task of the app comes due, by its schedule or because a lease expires. */
function nextDue(appId: string, now: Date) {
  return sql<{ due: Date | null }>`
    select least(
      (select min(execute_after) from tasks
        where app_id = ${appId} and outcome is null and execute_after > ${now} and is_scheduled),
      (select min(lease_expires_at) from (
        select lease_expires_at from tasks
        where app_id = ${appId} and outcome is null and execute_after <= ${lastDue(appId, now)}
        order by execute_after, sequence limit ${MOST_LEASES}
      ) oldest where ${isLeased("oldest", now)})
    ) as due
  `;
}
