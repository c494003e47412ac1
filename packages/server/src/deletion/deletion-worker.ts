import { setImmediate } from "node:timers/promises";
import { type Kysely, sql } from "kysely";
import type { Logger } from "pino";
import { runWithoutCaller } from "../database/caller.ts";
import type { DeletionKind } from "../database/tables/bookkeeping.ts";
import type { Tables } from "../database/schema.ts";
import { toLoggable } from "../loggable-error.ts";
import { deleteAppRows } from "./delete-app-rows.ts";
import { deleteOrgRows } from "./delete-org-rows.ts";
import { deleteParts, ROWS_PER_STEP, type Rows, type StepResult } from "./delete-some.ts";
import { pagesOf, rowsOfSession } from "./session-rows.ts";

/** Deletes a limited number of a target's rows. */
type Step = (transaction: Kysely<Tables>, target: string) => Promise<StepResult>;

const STEPS: Readonly<Record<DeletionKind, Step>> = {
  org: deleteOrgRows,
  app: deleteAppRows,
  dropped_session: (transaction, id) => deleteStep(transaction, rowsOfSession(id)),
  reconciled_pages: (transaction, id) => deleteStep(transaction, pagesOf(id)),
};

async function deleteStep(transaction: Kysely<Tables>, parts: readonly Rows[]): Promise<StepResult> {
  return (await deleteParts(transaction, parts, ROWS_PER_STEP)) === 0 ? "more" : "done";
}

const SWEEP_INTERVAL_MS = 5_000;

/**
 * Carries out deletions in small steps in the background, each a transaction. The least recently processed one is next,
 * so a large deletion does not delay the others. Several processes may do this at once, each with another deletion; the
 * next start continues what they leave.
 */
export class DeletionWorker {
  readonly #database: Kysely<Tables>;
  readonly #logger: Logger;
  readonly #timer: NodeJS.Timeout;
  /** Deletions in use by others, until the next sweep. */
  #resting: string[] = [];
  #isWoken = false;
  #hasDeleted = false;
  #isClosed = false;
  #running: Promise<void> | undefined;

  constructor(database: Kysely<Tables>, logger: Logger) {
    this.#database = database;
    this.#logger = logger;
    this.#timer = setInterval(() => {
      this.#resting = [];
      this.wake();
    }, SWEEP_INTERVAL_MS);
    this.#timer.unref();
    this.wake();
  }

  /** A deletion may have been ordered. */
  wake(): void {
    if (this.#isClosed) return;
    this.#isWoken = true;
    this.#running ??= runWithoutCaller(() => this.#run()).finally(() => (this.#running = undefined));
  }

  /** Whether anything was deleted since the last call. */
  takeDeleted(): boolean {
    const hasDeleted = this.#hasDeleted;
    this.#hasDeleted = false;
    return hasDeleted;
  }

  /** Resolves once nothing is left to delete. */
  async whenDone(): Promise<void> {
    const next = () => this.#database.selectFrom("deletions").select("target").limit(1).executeTakeFirst();
    while ((await next()) !== undefined) {
      this.wake();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Stops after the current step. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#isWoken && !this.#isClosed) {
      this.#isWoken = false;
      try {
        // PGlite never yields the thread: requests run between the steps.
        do await setImmediate();
        while (!this.#isClosed && (await this.#step()));
      } catch (error) {
        this.#logger.error({ error: toLoggable(error) }, "a background deletion failed; it will be retried");
      }
    }
  }

  /** Returns whether there was anything to do. */
  async #step(): Promise<boolean> {
    let target: string | undefined;
    try {
      return await this.#database.transaction().execute(async (transaction) => {
        const deletion = await this.#lockNext(transaction);
        if (deletion === undefined) return false;
        target = deletion.target;
        const result = await STEPS[deletion.kind](transaction, target);
        if (result === "waiting") this.#resting.push(target);
        await settle(transaction, deletion, result);
        this.#hasDeleted = true;
        return true;
      });
    } catch (error) {
      if (target === undefined) throw error;
      this.#resting.push(target);
      this.#logger.error({ error: toLoggable(error), target }, "a background deletion failed; it will be retried");
      return true;
    }
  }

  #lockNext(transaction: Kysely<Tables>): Promise<Deletion | undefined> {
    return transaction
      .selectFrom("deletions")
      .select(["kind", "target"])
      .where(sql<boolean>`not target = any(${this.#resting}::uuid[])`)
      .orderBy("stepped_at")
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
  }
}

interface Deletion {
  kind: DeletionKind;
  target: string;
}

async function settle(transaction: Kysely<Tables>, { kind, target }: Deletion, result: StepResult): Promise<void> {
  if (result === "done")
    await transaction.deleteFrom("deletions").where("kind", "=", kind).where("target", "=", target).execute();
  else
    await transaction
      .updateTable("deletions")
      .set({ stepped_at: sql`clock_timestamp()` })
      .where("kind", "=", kind)
      .where("target", "=", target)
      .execute();
}
