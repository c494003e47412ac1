import type { BridgeClient } from "@bridgekit/client";
import { nextTry, type OpenJournal, type Outcome, type Task } from "@bridgekit/core/run";
import type { LimitFunction } from "p-limit";
import type { AppDirectory } from "../apps/app-directory.ts";
import { lastCounts } from "../apps/last-counts.ts";
import { describeOpening } from "../apps/app-deleted-error.ts";
import { keepFedId, readFedId } from "../apps/fed-ids.ts";
import { connectApp, isDeleted, openApp, type OpenApp } from "../apps/open-apps.ts";
import { openReceipts } from "../apps/open-receipts.ts";
import { openJournal } from "../apps/open-journal.ts";
import { runAppTasks } from "../apps/run-app-tasks.ts";
import type { SyncEnd } from "../apps/sync-app.ts";
import type { LoadedApp } from "../config/config-schema.ts";
import type { LoadedConfigFile } from "../config/load-config.ts";
import type { Redaction } from "../output/redaction.ts";
import type { RunReporter } from "../output/reporter.ts";
import { AppControl } from "./app-control.ts";
import type { AppStatus } from "./app-status.ts";
import { currentApp } from "./current-app.ts";
import { keepTrying } from "./keep-trying.ts";
import type { RunnerReports } from "./runner-reports.ts";
import { createSchedule } from "./schedule.ts";
import { syncOnce } from "./sync-once.ts";

/** What all apps of a run share, and this app's status and reporter. */
interface AppRun {
  config: LoadedConfigFile;
  bridge: BridgeClient;
  directory: AppDirectory;
  redaction: Redaction;
  /** Limits the number of concurrent syncs. */
  slots: LimitFunction;
  signal: AbortSignal;
  reporter: RunReporter;
  reports: RunnerReports;
  status: AppStatus;
}

/**
 * Runs one app until the signal aborts: opens it, retrying as often as needed, then syncs it and carries out its tasks. One that
 * is deleted on the Bridge meanwhile is opened again once it exists. Failures are reported and retried; never throws, so that
 * other apps are not affected.
 */
export function runApp(entry: readonly [string, LoadedApp], run: AppRun): Promise<void> {
  const { config, reporter, status, redaction, signal } = run;
  return currentApp.run(status, async () => {
    while (!signal.aborted) {
      const opened = await keepTrying(() => open(entry, run), {
        signal,
        onFailure: (error, nextTry) =>
          reporter.openFailed(status.name, redaction.redact(describeOpening(error, entry[0], config.shown)), nextTry),
      });
      if (!opened) break;
      const { app, journal, control } = opened;
      status.appId = app.appId;
      status.isFailing = false;
      status.incomplete = await lastIncomplete(config, app.appId);
      status.state = "idle";
      const deletion = new AbortController();
      const own = { ...run, signal: AbortSignal.any([signal, deletion.signal]), deletion };
      await Promise.all([keepSyncing(app, control, own), keepTasking({ app, journal, control }, own)]);
      await journal[Symbol.asyncDispose]();
      if (deletion.signal.aborted) status.state = "opening";
    }
    status.state = "stopped";
  });
}

/** A run of an app that ends early if the app is deleted on the Bridge. */
interface DeletableRun extends AppRun {
  deletion: AbortController;
}

async function lookForDeletion({ appId }: OpenApp, { bridge, deletion, signal }: DeletableRun): Promise<void> {
  if (!signal.aborted && (await isDeleted(bridge, appId))) deletion.abort();
}

/** Reads what the previous process knew. If that fails, the next sync reports it. */
async function lastIncomplete(config: LoadedConfigFile, appId: string): Promise<AppStatus["incomplete"]> {
  const last = openReceipts(config, appId).latest("completed", "updated", "abandoned");
  return (await last.catch(() => undefined))?.incomplete;
}

async function open(entry: readonly [string, LoadedApp], run: AppRun) {
  const { config, bridge, directory, redaction, reporter } = run;
  const connected = await connectApp(entry, {
    shown: config.shown,
    redaction,
    loggerOf: (name) => reporter.loggerOf(name),
  });
  const app = await openApp(connected, bridge, directory, await readFedId(config, connected.key));
  await keepFedId(config, app.key, app.appId);
  const control = await AppControl.open(config, app.appId);
  return { app, control, journal: await openJournal(config, app.appId) };
}

async function keepSyncing(app: OpenApp, control: AppControl, run: DeletableRun): Promise<void> {
  const { config, bridge, slots, signal, reporter, reports } = run;
  const schedule = createSchedule(config, app.key);
  if (reporter.syncExpected) reporter.syncExpected(app.name, await lastCounts(bridge, app.appId));
  const report = (nextRunAt: Date | null) => reports.set(app.appId, { control, name: app.name, nextRunAt, failures });
  let failures = 0;
  for (let at = schedule.first(new Date()); ;) {
    reporter.syncScheduled(app.name, at);
    report(at);
    await control.untilDue(at, signal);
    if (signal.aborted) return;
    report(null);
    if (slots.activeCount >= slots.concurrency) reporter.syncQueued(app.name);
    const end = await slots(() => (signal.aborted ? undefined : syncOnce(app, run)));
    if (end === "failed") await lookForDeletion(app, run);
    failures = end !== undefined && FAILURES.has(end) ? failures + 1 : 0;
    const endedAt = new Date();
    // What is held or recurs waits for a person; what failed may pass by itself.
    at = nextTry(schedule.next(endedAt), { endedAt, failures: end === "failed" ? failures : 0 });
  }
}

const FAILURES: ReadonlySet<SyncEnd> = new Set(["failed", "held", "recurring"]);

interface Tasked {
  app: OpenApp;
  journal: OpenJournal;
  control: AppControl;
}

async function keepTasking({ app, journal, control }: Tasked, run: DeletableRun): Promise<void> {
  const { config, bridge, reporter } = run;
  const { name } = app;
  const onOutcome = (task: Task, outcome: Outcome) => reporter.taskEnded(name, task, outcome);
  const onFailure = (error: unknown) => {
    reporter.loggerOf(name).error({ error: (error as Error).message }, "tasks failed");
    void lookForDeletion(app, run);
  };
  while (!run.signal.aborted) {
    await control.whenUnpaused(run.signal);
    const signal = AbortSignal.any([run.signal, control.pausing]);
    const work = () => runAppTasks(app, { config, bridge, journal, signal, until: "stopped", onOutcome });
    await keepTrying(work, { signal, onFailure });
  }
}
