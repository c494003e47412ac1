import type { OpenApp } from "../apps/open-apps.ts";
import { openJournal } from "../apps/open-journal.ts";
import { runAppTasks } from "../apps/run-app-tasks.ts";
import type { CommandIo } from "../command-io.ts";
import { openSession, type CommandSession, type CommonOptions } from "./session.ts";

/**
 * `bridgekit tasks`: carries out the pending tasks. Failed tasks are reported to the Bridge and do not affect the exit
 * code. Returns 1 if it was stopped with tasks left, or an app was deleted on the Bridge.
 */
export async function tasks(keys: string[], options: CommonOptions, io: CommandIo): Promise<number> {
  const session = await openSession(keys, options, io);
  const signal = io.stopSignal();
  let exitCode = session.isMissingSome ? 1 : 0;
  for (const app of session.apps) {
    try {
      await carryOut(app, session, signal);
      if (signal.aborted && (await isAnyLeft(app, session))) exitCode = 1;
    } catch (error) {
      exitCode = 1;
      session.reporter.failed((error as Error).message, app.name);
    }
  }
  session.reporter.close();
  return exitCode;
}

async function carryOut(
  app: OpenApp,
  { bridge, config, reporter }: CommandSession<OpenApp>,
  signal: AbortSignal,
): Promise<void> {
  await using journal = await openJournal(config, app.appId);
  const counts = await runAppTasks(app, {
    bridge,
    config,
    journal,
    signal,
    until: "idle",
    onOutcome: (task, outcome) => reporter.taskEnded(app.name, task, outcome),
  });
  reporter.tasksEnded(app.name, counts);
}

async function isAnyLeft({ appId, name }: OpenApp, { bridge, reporter }: CommandSession<OpenApp>): Promise<boolean> {
  const left = await bridge.countTasks(appId, "pending");
  if (left > 0) reporter.failed(`Stopped with ${left} pending ${left === 1 ? "task" : "tasks"} left.`, name);
  return left > 0;
}
