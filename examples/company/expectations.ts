import { isApiError, type BridgeClient } from "@bridgekit/client";
import type { CycleReport, PlanReport } from "./cycle.ts";
import type { CompanyApp } from "./open-apps.ts";

/** Returns what differs from the expectation; empty if all is well. */
export async function findSurprises(
  bridge: BridgeClient,
  apps: readonly CompanyApp[],
  { apps: reports, plans }: CycleReport,
): Promise<string[]> {
  const surprises: string[] = [];
  for (const [index, { name, appId, system }] of apps.entries()) {
    const { status, accounts, removed } = reports[index]!;
    const due = plans.find(({ app }) => app.appId === appId)?.plan.removed ?? 0;
    if (status !== "completed") surprises.push(`${name} ended as ${status}`);
    if (removed !== due) surprises.push(`${name}: ${due} removals were due, got ${removed}`);
    if (accounts !== system.countAccounts())
      surprises.push(`${name}: ${system.countAccounts()} accounts in the system, ${accounts} in the Bridge`);
  }
  for (const report of plans) surprises.push(...(await findTaskSurprises(bridge, report)));
  return surprises;
}

async function findTaskSurprises(bridge: BridgeClient, { app, plan, ended }: PlanReport): Promise<string[]> {
  const surprises: string[] = [];
  for (const planned of plan.tasks) {
    const { task, who, ends, says = "", leaves } = planned;
    const what = `${app.name}: ${task.action} of ${who}`;
    const end = ended.find((one) => one.planned === planned);
    if (end?.ends !== ends) surprises.push(`${what} was to end as ${ends}, and is ${end?.ends ?? "open"}`);
    if (!(end?.message ?? "").includes(says)) surprises.push(`${what} does not say "${says}"`);
    const id = end?.accountId ?? task.payload.account.id;
    const status = await statusOf(bridge, app.appId, id);
    if (status !== leaves) surprises.push(`${what} was to leave the account ${leaves}, and it is ${status}`);
  }
  return surprises;
}

async function statusOf(bridge: BridgeClient, appId: string, id: string): Promise<string> {
  try {
    return (await bridge.getRecord(appId, "account", id)).status;
  } catch (error) {
    if (isApiError(error) && error.status === 404) return "unknown";
    throw error;
  }
}
