import { openFileJournal, runTasks, type FileJournal } from "@bridgekit/core";
import { setTimeout as sleep } from "node:timers/promises";
import type { OpenApp } from "../apps/open-apps.ts";
import { syncApp } from "../apps/sync-app.ts";
import { journalPath, openSession, stopSignal, type CommandSession, type CommonOptions } from "./session.ts";

/** `bridge run`: syncs each app again and again and carries out its tasks, until it is stopped. */
export async function run(keys: string[], options: CommonOptions): Promise<number> {
  const session = await openSession(keys, options);
  const { apps, config, reporter } = session;
  const journals: FileJournal[] = [];
  try {
    // Before anything runs: a journal that can't be opened must not leave an app half alive.
    for (const app of apps) journals.push(await openFileJournal(journalPath(config, app)));
    reporter.note(`running ${apps.map((app) => app.name).join(", ")}; stop with Ctrl-C`);
    return await runLoops(session, journals);
  } finally {
    await Promise.all(journals.map((journal) => journal[Symbol.asyncDispose]()));
    reporter.note("stopped");
    reporter.close();
  }
}

async function runLoops(session: CommandSession, journals: readonly FileJournal[]): Promise<number> {
  const end = new AbortController();
  const signal = AbortSignal.any([stopSignal(), end.signal]);
  let exitCode = 0;
  const keep = (loop: Promise<void>) =>
    loop.catch((error: unknown) => {
      // No loop ends by itself: one that does takes the process with it, so that somebody notices.
      session.reporter.failed((error as Error).message);
      exitCode = 1;
      end.abort();
    });
  await Promise.all(
    session.apps.flatMap((app, index) => [
      keep(keepSyncing(app, session, signal)),
      keep(keepTasking(app, journals[index]!, session, signal)),
    ]),
  );
  return exitCode;
}

async function keepSyncing(app: OpenApp, { config, bridge, reporter }: CommandSession, signal: AbortSignal) {
  while (!signal.aborted) {
    await syncApp(app, { bridge, config, reporter, signal });
    await sleep(config.run.syncEverySeconds * 1000, undefined, { signal }).catch(() => undefined);
  }
}

async function keepTasking(
  { appId, connection, name }: OpenApp,
  journal: FileJournal,
  { config, bridge, reporter }: CommandSession,
  signal: AbortSignal,
) {
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
