import type { BridgeClient, PushedRecord, TaskAction, TaskPayload } from "@bridgekit/client";
import { createMemoryJournal, runTasks, type Connection, type Outcome } from "@bridgekit/core/run";
import { openApp } from "./open-app.ts";

interface TaskToRun {
  action: TaskAction;
  payload: TaskPayload;
  /** As if an earlier execution had begun then and been cut off. */
  interruptedAt: Date | undefined;
}

/** Runs one task through a Bridge, in an app of its own, and answers how it was reported. */
export async function runTask(
  bridge: BridgeClient,
  connection: Connection,
  { action, payload, interruptedAt }: TaskToRun,
): Promise<Outcome> {
  const { appId } = await openApp(bridge, connection);
  await pushNamed(bridge, appId, connection, { action, payload });
  const task = await bridge.createTask(appId, { action, payload });
  const journal = createMemoryJournal();
  if (interruptedAt) await journal.write({ state: "intent", taskId: task.id, at: interruptedAt.toISOString() });
  // What may pass is reported at once, so that a test sees it, and an account is read back without waiting.
  const quick = { taskRetry: { budgetSeconds: 0 }, verifyDelaySeconds: 0 };
  await runTasks({ bridge, appId, connection, journal, ...quick });
  const { status, result, error } = await bridge.getTask(appId, task.id);
  return { status, result, error } as Outcome;
}

/** What a Bridge hands to the runner for a payload. Throws the Bridge's error where it makes no task of it. */
export async function toTaskPayload(
  bridge: BridgeClient,
  appId: string,
  { connection, action, payload }: Omit<TaskToRun, "interruptedAt"> & { connection: Pick<Connection, "connector"> },
): Promise<TaskPayload> {
  await pushNamed(bridge, appId, connection, { action, payload });
  const task = await bridge.createTask(appId, { action, payload });
  await bridge.cancelTask(appId, task.id);
  return task.payload;
}

/** The Bridge makes tasks of what it knows only: pushes what the payload names, as a sync had done before. */
async function pushNamed(
  bridge: BridgeClient,
  appId: string,
  { connector }: Pick<Connection, "connector">,
  { action, payload: { account, memberships = {}, changes = {} } }: Pick<TaskToRun, "action" | "payload">,
): Promise<void> {
  const named: Record<string, PushedRecord[]> = {};
  const add = (slug: string, refs: readonly { id: string }[]) =>
    (named[slug] ??= []).push(...refs.map(({ id }) => ({ id, name: `Named ${id}` })));
  for (const [slug, refs] of Object.entries(memberships)) add(slug, refs);
  for (const [slug, { added = [], removed = [] }] of Object.entries(changes)) add(slug, [...added, ...removed]);

  const [accountSlug] = Object.entries(connector.resourceTypes).find(([, { type }]) => type === "account") ?? [];
  const syncId = await bridge.startSync(appId);
  for (const [slug, records] of Object.entries(named)) await bridge.pushPage(appId, syncId, slug, records);
  // A create that wishes for the id of a live account is refused.
  if (accountSlug !== undefined && action !== "create_account")
    await bridge.pushPage(appId, syncId, accountSlug, [{ id: account.id, username: account.id }]);
  await bridge.abandonSync(appId, syncId);
}
