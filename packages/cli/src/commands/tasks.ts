import { openFileJournal, runTasks } from "@bridgekit/core";
import { journalPath, openSession, stopSignal, type CommonOptions } from "./session.ts";

/** `bridge tasks`: carries out what is pending now. A task that fails is an outcome, not a failure of the command. */
export async function tasks(keys: string[], options: CommonOptions): Promise<number> {
  const { config, bridge, apps, reporter } = await openSession(keys, options);
  const signal = stopSignal();
  let isOk = true;
  for (const app of apps) {
    const { appId, connection, name } = app;
    await using journal = await openFileJournal(journalPath(config, app));
    try {
      const counts = await runTasks({
        bridge,
        appId,
        connection,
        journal,
        signal,
        onOutcome: (task, outcome) => reporter.taskEnded(name, task, outcome),
      });
      reporter.tasksEnded(name, counts);
    } catch (error) {
      isOk = false;
      reporter.failed((error as Error).message, name);
    }
  }
  reporter.close();
  return isOk ? 0 : 1;
}
