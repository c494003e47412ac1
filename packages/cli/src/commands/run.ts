import { openFileJournal, runTasks } from "@bridgekit/core";
import { setTimeout as sleep } from "node:timers/promises";
import type { OpenApp } from "../apps/open-apps.ts";
import { syncApp } from "../apps/sync-app.ts";
import { journalPath, openSession, stopSignal, type CommandSession, type CommonOptions } from "./session.ts";

/** `bridge run`: syncs each app again and again and carries out its tasks, until it is stopped. */
export async function run(keys: string[], options: CommonOptions): Promise<number> {
  const session = await openSession(keys, options);
  const signal = stopSignal();
  session.reporter.note(`running ${session.apps.map((app) => app.name).join(", ")}; stop with Ctrl-C`);
  await Promise.all(
    session.apps.flatMap((app) => [keepSyncing(app, session, signal), keepTasking(app, session, signal)]),
  );
  session.reporter.note("stopped");
  session.reporter.close();
  return 0;
}

export async function keepSyncing(app: OpenApp, { config, bridge, reporter }: CommandSession, signal: AbortSignal) {
  while (!signal.aborted) {
    await syncApp(app, { bridge, reporter, signal });
    await sleep(config.run.syncEverySeconds * 1000, undefined, { signal }).catch(() => undefined);
  }
}

export async function keepTasking(app: OpenApp, { config, bridge, reporter }: CommandSession, signal: AbortSignal) {
  const { appId, connection, name } = app;
  await using journal = await openFileJournal(journalPath(config, app));
  await runTasks({
    bridge,
    appId,
    connection,
    journal,
    signal,
    until: "stopped",
    pollSeconds: config.run.pollSeconds,
    onOutcome: (task, outcome) => reporter.taskEnded(name, task, outcome),
  });
}
