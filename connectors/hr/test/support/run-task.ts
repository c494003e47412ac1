import type { TaskAction, TaskPayload } from "@bridgekit/client";
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
  const app = await bridge.client.createApp({ name: "HR" });
  await registerResourceTypes(bridge.client, app.id, connection.connector);
  const task = await bridge.client.createTask(app.id, { action, payload });
  const journal = createMemoryJournal();
  if (interruptedAt) await journal.write({ state: "intent", taskId: task.id, at: interruptedAt.toISOString() });
  await runTasks({ bridge: bridge.client, appId: app.id, connection, journal });
  const { status, result, error } = await bridge.client.getTask(app.id, task.id);
  return { status, result, error } as Outcome;
}
