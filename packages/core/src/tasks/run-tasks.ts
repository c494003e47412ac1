import PQueue from "p-queue";
import { abortAfter } from "../abort.ts";
import { createAccountIds } from "./account-ids.ts";
import { Outbox } from "./outbox.ts";
import { toSettings, type TaskRunOptions } from "./task-run-options.ts";
import { TaskRunner, type TaskRunResult } from "./task-runner.ts";
import { TaskSource } from "./task-source.ts";
import { TasksInFlight } from "./tasks-in-flight.ts";
import { WakeSignal } from "./wake-signal.ts";

/**
 * Carries out pending tasks and reports each outcome. An outcome is written to the journal before it is reported, so after
 * a crash it is reported again and never executed again. If the Bridge offers claims, several runners may share an app.
 *
 * @throws Error with `until: "idle"` only, if the Bridge or the journal fails; the tasks in flight end first.
 */
export async function runTasks(options: TaskRunOptions): Promise<TaskRunResult> {
  const settings = toSettings(options);
  const { journal, signal, killSignal, concurrency, leaseSeconds } = settings;

  const ended = new AbortController();
  const end = () => ended.abort();
  using grace = abortAfter(signal, settings.stopGraceSeconds);
  const kill = anyOf(grace.signal, killSignal);
  const stop = anyOf(ended.signal, signal, killSignal);

  const wake = new WakeSignal();
  const queue = new PQueue({ concurrency });
  const accountIds = createAccountIds(journal);
  const source = new TaskSource({ ...settings, runner: journal.runner, stop });
  const outbox = new Outbox(settings, { accountIds, source });
  using inFlight = new TasksInFlight({ source, concurrency, leaseSeconds, wake });
  const tools = { accountIds, source, outbox, inFlight, queue, wake, stop, kill, end };
  return await new TaskRunner(settings, tools).run();
}

function anyOf(...signals: (AbortSignal | undefined)[]): AbortSignal {
  return AbortSignal.any(signals.filter((signal) => signal !== undefined));
}
