import { isApiError, type BridgeClient } from "@bridgekit/client";
import type { CycleReport } from "./cycle.ts";
import type { RegionApp } from "./open-apps.ts";

/** What did not come out as it should; nothing where all is well. */
export async function findSurprises(
  bridge: BridgeClient,
  apps: readonly RegionApp[],
  report: CycleReport,
): Promise<string[]> {
  const surprises: string[] = [];
  const expect = (isTrue: boolean, what: string) => void (isTrue || surprises.push(what));
  const { plan, outcomes, tasks } = report;
  const appId = apps[0]!.appId;

  for (const app of report.apps) expect(app.status === "completed", `${app.name} ended as ${app.status}`);
  const [first, ...others] = report.apps;
  expect(
    first!.removed === 2,
    `${first!.name}: 2 removals were due (the leaver, the deleted account), got ${first!.removed}`,
  );
  for (const app of others) expect(app.removed === 0, `${app.name}: nobody left, yet ${app.removed} were removed`);
  for (const [index, { region, appId: id }] of apps.entries()) {
    const upstream = region.sandbox.internalUsers().length;
    const { name, accounts } = report.apps[index]!;
    expect(accounts === upstream, `${name}: ${upstream} users upstream, ${accounts} accounts in the Bridge (${id})`);
  }

  expect(
    tasks.completed === 6 && tasks.failed === 1,
    `6 tasks completed and 1 failed were due, got ${JSON.stringify(tasks)}`,
  );
  const failures = outcomes.filter(({ outcome }) => outcome.status === "failed");
  expect(
    failures.length === 1 &&
      failures[0]!.outcome.error?.code === "ACCOUNT_NOT_FOUND" &&
      failures[0]!.task.payload.account.id === plan.leaver.id,
    `only the leaver's task was to fail, with ACCOUNT_NOT_FOUND; got ${JSON.stringify(failures.map(({ outcome }) => outcome.error))}`,
  );

  const created = outcomes.find(({ task }) => task.action === "create_account")?.outcome.result?.account?.id ?? "";
  expect((await statusOf(bridge, appId, plan.leaver.id)) === "inactive", "the leaver is not inactive");
  expect((await statusOf(bridge, appId, plan.deleted)) === "inactive", "the deleted account is not inactive");
  expect(
    (await statusOf(bridge, appId, created)) === "active",
    `the created account (${created || "no id"}) is not active`,
  );
  return surprises;
}

async function statusOf(bridge: BridgeClient, appId: string, id: string): Promise<string> {
  try {
    return (await bridge.getRecord(appId, "account", id || "-")).status;
  } catch (error) {
    if (isApiError(error) && error.status === 404) return "unknown";
    throw error;
  }
}
