import type { PushedRecord, TaskAction, TaskPayload } from "@bridgekit/client";
import { createMemoryJournal, registerResourceTypes, runTasks, type Connection, type Outcome } from "@bridgekit/core";
import { afterAll, beforeAll } from "vitest";
import { startBridge, type TestBridge } from "./start-bridge.ts";

let bridge: TestBridge;
beforeAll(async () => {
  bridge = await startBridge();
});
afterAll(() => bridge[Symbol.asyncDispose]());

/** Runs one task through a real Bridge; `interruptedAt` as if an execution had been cut off then. */
export async function runTask(
  connection: Connection,
  action: TaskAction,
  payload: TaskPayload,
  interruptedAt?: Date,
): Promise<Outcome> {
  const app = await bridge.client.createApp({ name: connection.connector.title });
  await registerResourceTypes(bridge.client, app.id, connection.connector);
  await pushNamed(app.id, payload);
  const task = await bridge.client.createTask(app.id, { action, payload });
  const journal = createMemoryJournal();
  if (interruptedAt) await journal.write({ state: "intent", taskId: task.id, at: interruptedAt.toISOString() });
  await runTasks({ bridge: bridge.client, appId: app.id, connection, journal });
  const { status, result, error } = await bridge.client.getTask(app.id, task.id);
  return { status, result, error } as Outcome;
}

/** The Bridge makes tasks of what it knows only: pushes what the payload names, as a sync had done before. */
async function pushNamed(appId: string, { account, memberships = {}, changes = {} }: TaskPayload): Promise<void> {
  const groups: Record<string, PushedRecord[]> = {};
  const add = (slug: string, refs: readonly { id: string }[]) =>
    (groups[slug] ??= []).push(...refs.map(({ id }) => ({ id, name: id })));
  for (const [slug, refs] of Object.entries(memberships)) add(slug, refs);
  for (const [slug, { added = [], removed = [] }] of Object.entries(changes)) add(slug, [...added, ...removed]);

  const syncId = await bridge.client.startSync(appId);
  for (const [slug, records] of Object.entries(groups)) await bridge.client.pushPage(appId, syncId, slug, records);
  await bridge.client.pushPage(appId, syncId, "account", [{ id: account.id, username: account.id }]);
  await bridge.client.abandonSync(appId, syncId);
}
