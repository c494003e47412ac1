import type { BridgeClient, PushedRecord, TaskAction, TaskPayload } from "@bridgekit/client";
import { createMemoryJournal, runTasks, type Connection, type Outcome } from "@bridgekit/core/run";
import { openApp } from "./open-app.ts";

interface TaskToRun {
  action: TaskAction;
  payload: TaskPayload;
  /** As if an earlier execution had begun then and been interrupted. */
  interruptedAt: Date | undefined;
}

/** Runs one task through a Bridge, in a new app, and returns what was reported. */
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
  // Temporary failures are reported at once, and an account is read back without waiting.
  const quick = { taskRetry: { budgetSeconds: 0 }, verifyDelaySeconds: 0 };
  await runTasks({ bridge, appId, connection, journal, ...quick });
  const { status, result, error } = await bridge.getTask(appId, task.id);
  return { status, result, error } as Outcome;
}

/** Returns a payload as a Bridge sends it to the runner; throws the Bridge's error if it refuses the task. */
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

/** Pushes what the payload names, as an earlier sync would have: the Bridge refuses tasks for what it does not know. */
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
  // The Bridge refuses a create with the id of a live account.
  if (accountSlug !== undefined && action !== "create_account")
    await bridge.pushPage(appId, syncId, accountSlug, [{ id: account.id, username: account.id }]);
  await bridge.abandonSync(appId, syncId);
}
