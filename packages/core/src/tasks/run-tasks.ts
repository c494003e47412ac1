import PQueue from "p-queue";
import { abortAfter } from "../abort.ts";
import { ConfigError } from "../errors/config-error.ts";
import { createAccountIds } from "./account-ids.ts";
import { Signal } from "./signal.ts";
import { Settler } from "./settle-task.ts";
import { TaskLoop } from "./task-loop.ts";
import { TaskSource } from "./task-source.ts";
import type { TaskRunOptions } from "./task-run-options.ts";
import { TasksInFlight } from "./tasks-in-flight.ts";

export interface TaskRunResult {
  completed: number;
  failed: number;
}

const MOST_CONCURRENCY = 16;

/**
 * Carries out pending tasks and reports each outcome. An outcome is written to the journal before it is reported, so
 * after a crash it is reported again and never executed again. Where the Bridge offers claims, several runners may share
 * an app.
 *
 * @throws Error, with `until: "idle"` only, where the Bridge or the journal fails; what is in hand is settled first.
 */
export async function runTasks(options: TaskRunOptions): Promise<TaskRunResult> {
  const { journal, signal, concurrency = 1, until = "idle", leaseSeconds = 90, pollSeconds = 30 } = options;
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > MOST_CONCURRENCY)
    throw new ConfigError(`concurrency must be a whole number from 1 to ${MOST_CONCURRENCY}; got ${concurrency}.`);

  const failed = new AbortController();
  const halt = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  using cutOff = abortAfter(signal, options.stopGraceSeconds ?? 20);
  const counts: TaskRunResult = { completed: 0, failed: 0 };
  const bell = new Signal();
  const ids = createAccountIds(journal);
  const source = new TaskSource({ ...options, runner: journal.runner, leaseSeconds, pollSeconds, signal: halt });
  const settler = new Settler(options, {
    ids,
    queue: new PQueue({ concurrency }),
    halt,
    cutOff: cutOff.signal,
    source,
    rest: (seconds) => hand.rest(seconds, halt),
    onOutcome(task, outcome) {
      counts[outcome.status]++;
      loop.onOutcome();
      if (task) options.onOutcome?.(task, outcome);
    },
  });
  using hand = new TasksInFlight({
    source,
    concurrency,
    leaseSeconds,
    accountOf: ({ payload }) => ids.resolve(payload.account.id),
    settle: (task) => settler.settle(task),
    isBegun: (task) => settler.isBegun(task),
    onFailure(error) {
      loop.onFailure(error);
      // What rests must not hold up the end of a run that has failed.
      if (until === "idle") failed.abort();
    },
    onChange: () => bell.ring(),
  });
  const loop = new TaskLoop(options, { source, settler, hand, ids, bell, halt });
  try {
    await loop.run();
  } finally {
    failed.abort();
    await hand.settled();
  }
  const failure = loop.takeFailure();
  if (failure && !signal?.aborted) throw failure;
  // What could not be told while stopping is told by the next run.
  if (failure) options.connection.logger.error({ appId: options.appId, error: failure.message }, "a task is left over");
  return counts;
}
