import type { BridgeClient, Task } from "@bridgekit/client";
import { openFileJournal, runSync, runTasks, type Outcome, type SyncResult } from "@bridgekit/core";
import { join } from "node:path";
import type { RegionApp } from "./open-apps.ts";
import { planTasks, type Plan } from "./tasks.ts";

interface AppReport {
  name: string;
  status: string;
  created: number;
  updated: number;
  removed: number;
  accounts: number;
  groups: number;
}

export interface CycleReport {
  apps: AppReport[];
  tasks: { completed: number; failed: number };
  plan: Plan;
  outcomes: { task: Task; outcome: Outcome }[];
}

interface CycleOptions {
  bridge: BridgeClient;
  apps: readonly RegionApp[];
  folder: string;
  say: (line: string) => void;
}

/** Sync all, carry out tasks in the first region while somebody leaves there, sync all again. */
export async function runCycle({ bridge, apps, folder, say }: CycleOptions): Promise<CycleReport> {
  const first = apps[0]!;
  say("Syncing three regions ...");
  const before = await syncAll(bridge, apps);

  const plan = planTasks(first.region.sandbox);
  first.region.sandbox.removeUser(Number(plan.leaver.id));
  say(
    `${plan.leaver.name} (account ${plan.leaver.id}) leaves ${first.region.name}; ${plan.tasks.length} tasks wait there.`,
  );
  for (const task of plan.tasks) await bridge.createTask(first.appId, task);
  const outcomes: CycleReport["outcomes"] = [];
  await using journal = await openFileJournal(join(folder, "journal", `${first.appId}.jsonl`));
  const tasks = await runTasks({
    bridge,
    appId: first.appId,
    connection: first.connection,
    journal,
    onOutcome(task, outcome) {
      outcomes.push({ task, outcome });
      say(`  ${task.action} ${task.payload.account.id}: ${outcome.error?.code ?? outcome.status}`);
    },
  });

  say("Syncing again ...");
  const after = await syncAll(bridge, apps);
  for (const { region } of apps) await region.save();
  const reports = apps.map((app, index) => reportApp(bridge, app, [before[index]!, after[index]!]));
  return { apps: await Promise.all(reports), tasks, plan, outcomes };
}

function syncAll(bridge: BridgeClient, apps: readonly RegionApp[]): Promise<SyncResult[]> {
  return Promise.all(apps.map(({ appId, connection }) => runSync({ bridge, appId, connection })));
}

/** Counts of both syncs together, and how many are live now. */
async function reportApp(
  bridge: BridgeClient,
  { appId, region, connection }: RegionApp,
  syncs: SyncResult[],
): Promise<AppReport> {
  const progress = syncs.flatMap((sync) => sync.progress);
  const sum = (field: "created" | "updated" | "removed") =>
    progress.reduce((total, type) => total + (type[field] ?? 0), 0);
  let accounts = 0;
  let groups = 0;
  for (const [slug, { type }] of Object.entries(connection.connector.resourceTypes))
    for await (const record of bridge.listRecords(appId, slug))
      if (record.removed_at === null) {
        if (type === "account") accounts++;
        else groups++;
      }
  const status = syncs.every((sync) => sync.status === "completed") ? "completed" : "abandoned";
  return {
    name: region.name,
    status,
    created: sum("created"),
    updated: sum("updated"),
    removed: sum("removed"),
    accounts,
    groups,
  };
}
