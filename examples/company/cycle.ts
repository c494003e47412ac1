import type { BridgeClient } from "@bridgekit/client";
import {
  openFileJournal,
  openReceiptFolder,
  planSync,
  runSync,
  runTasks,
  type Outcome,
  type SyncResult,
} from "@bridgekit/core";
import { join } from "node:path";
import type { CompanyApp } from "./open-apps.ts";
import { reportApp, type AppReport } from "./report-app.ts";
import type { Plan, PlannedTask } from "./system.ts";

/** What became of a plan. */
export interface PlanReport {
  app: CompanyApp;
  plan: Plan;
  ended: { planned: PlannedTask; outcome: Outcome }[];
}

export interface CycleReport {
  apps: AppReport[];
  tasks: { completed: number; failed: number };
  plans: PlanReport[];
}

interface CycleOptions {
  bridge: BridgeClient;
  apps: readonly CompanyApp[];
  /** Keys of the systems that have another address than in the last run. */
  moved: ReadonlySet<string>;
  folder: string;
  say: (line: string) => void;
}

/** Sync all, carry out tasks where some wait and somebody leaves meanwhile, sync all again. */
export async function runCycle(options: CycleOptions): Promise<CycleReport> {
  const { bridge, apps, say } = options;
  say(`Syncing ${apps.map(({ name }) => name).join(", ")} ...`);
  const before = await Promise.all(apps.map((app) => syncFirst(app, options)));

  const plans: PlanReport[] = [];
  for (const app of apps) if (app.system.planTasks) plans.push(await carryOut(app, app.system.planTasks(), options));

  say("\nSyncing again ...");
  const after = await Promise.all(apps.map((app) => syncOne(app, options)));
  for (const { system } of apps) await system.save();
  const reports = apps.map((app, index) => reportApp(bridge, app, [before[index]!, after[index]!]));
  const outcomes = plans.flatMap(({ ended }) => ended.map(({ outcome }) => outcome));
  const completed = outcomes.filter(({ status }) => status === "completed").length;
  return { apps: await Promise.all(reports), tasks: { completed, failed: outcomes.length - completed }, plans };
}

/** A system that has moved is another one for the guard, so its plan is approved, as by an operator who knows of it. */
async function syncFirst(app: CompanyApp, options: CycleOptions): Promise<SyncResult> {
  if (!options.moved.has(app.system.key)) return syncOne(app, options);
  const { hash } = await planSync(toSyncOptions(app, options));
  options.say(`${app.name} has another address than in the last run; what a sync would do now is approved.`);
  return syncOne(app, options, hash);
}

function syncOne(app: CompanyApp, options: CycleOptions, approve?: string): Promise<SyncResult> {
  return runSync({ ...toSyncOptions(app, options), ...(approve !== undefined && { approve }) });
}

/** With the receipts that `bridgekit run` goes on with; everything is read, also where only changes could be. */
function toSyncOptions({ appId, connection }: CompanyApp, { bridge, folder }: CycleOptions) {
  const receipts = openReceiptFolder(join(folder, "receipts", appId));
  return { bridge, appId, connection, receipts, fullEverySeconds: 0 };
}

async function carryOut(app: CompanyApp, plan: Plan, { bridge, folder, say }: CycleOptions): Promise<PlanReport> {
  const { name, appId, connection } = app;
  const { leaver, tasks } = plan;
  leaver.leave();
  say(`\n${leaver.name} leaves ${name}; ${tasks.length} tasks wait there.`);
  const waiting = new Map<string, PlannedTask>();
  for (const planned of tasks) waiting.set((await bridge.createTask(appId, planned.task)).id, planned);

  const ended: PlanReport["ended"] = [];
  await using journal = await openFileJournal(join(folder, "journal", `${appId}.jsonl`));
  await runTasks({
    bridge,
    appId,
    connection,
    journal,
    onOutcome(task, outcome) {
      const planned = waiting.get(task.id);
      // What `bridgekit run` was told to do in an earlier run is no part of the plan.
      if (!planned) return;
      ended.push({ planned, outcome });
      const { error } = outcome;
      const ending = error ? `${error.code}, ${error.message.replaceAll(/\s+/g, " ")}` : outcome.status;
      say(`  ${task.action} of ${planned.who}: ${ending}`);
    },
  });
  return { app, plan, ended };
}
