import { isApiError, type BridgeClient } from "@bridgekit/client";
import { openFileJournal, openReceiptFolder, runSync, runTasks, type SyncResult } from "@bridgekit/core/run";
import { join } from "node:path";
import type { CompanyApp } from "./open-apps.ts";
import { reportApp, type AppReport } from "./report-app.ts";
import type { Plan, PlannedTask } from "./system.ts";

/** The outcome of a planned task. */
export interface PlanReport {
  app: CompanyApp;
  plan: Plan;
  ended: TaskEnd[];
}

interface TaskEnd {
  planned: PlannedTask;
  ends: PlannedTask["ends"];
  /** Why the task did not complete. */
  message: string;
  accountId: string;
}

export interface CycleReport {
  apps: AppReport[];
  tasks: { completed: number; failed: number; refused: number };
  plans: PlanReport[];
}

interface CycleOptions {
  bridge: BridgeClient;
  apps: readonly CompanyApp[];
  folder: string;
  say: (line: string) => void;
}

/** Syncs all apps, runs waiting tasks while somebody leaves, and syncs all again. */
export async function runCycle(options: CycleOptions): Promise<CycleReport> {
  const { bridge, apps, say } = options;
  say(`Syncing ${apps.map(({ name }) => name).join(", ")} ...`);
  const before = await Promise.all(apps.map((app) => syncOne(app, options)));

  const plans: PlanReport[] = [];
  for (const app of apps) if (app.system.planTasks) plans.push(await carryOut(app, app.system.planTasks(), options));

  say("\nSyncing again ...");
  const after = await Promise.all(apps.map((app) => syncOne(app, options)));
  for (const { system } of apps) await system.save();
  const reports = apps.map((app, index) => reportApp(bridge, app, [before[index]!, after[index]!]));
  const ended = plans.flatMap((plan) => plan.ended);
  const count = (ending: TaskEnd["ends"]) => ended.filter(({ ends }) => ends === ending).length;
  const [completed, refused] = [count("completed"), count("refused")];
  const tasks = { completed, failed: ended.length - completed - refused, refused };
  return { apps: await Promise.all(reports), tasks, plans };
}

/** Writes the receipts that `bridgekit run` continues from; reads everything, not only changes. */
function syncOne({ appId, connection }: CompanyApp, { bridge, folder }: CycleOptions): Promise<SyncResult> {
  const receipts = openReceiptFolder(join(folder, "receipts", appId));
  return runSync({ bridge, appId, connection, receipts, fullEverySeconds: 0 });
}

async function carryOut(app: CompanyApp, plan: Plan, { bridge, folder, say }: CycleOptions): Promise<PlanReport> {
  const { name, appId, connection } = app;
  const { leaver, tasks } = plan;
  leaver.leave();
  say(`\n${leaver.name} leaves ${name}; ${tasks.length} tasks wait there.`);
  const ended: TaskEnd[] = [];
  const end = (taskEnd: TaskEnd) => {
    const { planned, ends, message } = taskEnd;
    ended.push(taskEnd);
    say(`  ${planned.task.action} of ${planned.who}: ${ends}${message && `, ${message.replaceAll(/\s+/g, " ")}`}`);
  };
  const waiting = new Map<string, PlannedTask>();
  for (const planned of tasks) {
    try {
      waiting.set((await bridge.createTask(appId, planned.task)).id, planned);
    } catch (error) {
      if (!isApiError(error) || error.status !== 422) throw error;
      end({ planned, ends: "refused", message: error.detail ?? "", accountId: planned.task.payload.account.id });
    }
  }

  await using journal = await openFileJournal(join(folder, "journal", `${appId}.jsonl`));
  await runTasks({
    bridge,
    appId,
    connection,
    journal,
    onOutcome(task, outcome) {
      const planned = waiting.get(task.id);
      // Tasks of earlier runs are not part of the plan.
      if (!planned) return;
      const { status, error, result } = outcome;
      const accountId = result?.account?.id ?? task.payload.account.id;
      end({ planned, ends: error?.code ?? (status as "completed"), message: error?.message ?? "", accountId });
    },
  });
  return { app, plan, ended };
}
