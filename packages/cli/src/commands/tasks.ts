import { runTasks } from "@bridgekit/core";
import type { OpenApp } from "../apps/open-apps.ts";
import { openJournal } from "../apps/open-journal.ts";
import type { CommandIo } from "../command-io.ts";
import { openSession, type CommandSession, type CommonOptions } from "./session.ts";

/** `bridgekit tasks`: carries out what is pending now. A task that fails is an outcome, not a failure of the command. */
export async function tasks(keys: string[], options: CommonOptions, io: CommandIo): Promise<number> {
  const session = await openSession(keys, options, io);
  const signal = io.stopSignal();
  let exitCode = 0;
  for (const app of session.apps) {
    try {
      await carryOut(app, session, signal);
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
  const { appId, connection, name } = app;
  await using journal = await openJournal(config, appId);
  const counts = await runTasks({
    bridge,
    appId,
    connection,
    journal,
    signal,
    onOutcome: (task, outcome) => reporter.taskEnded(name, task, outcome),
  });
  reporter.tasksEnded(name, counts);
}
