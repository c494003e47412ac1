import type { TaskAction, TaskPayload } from "@bridgekit/client";
import type { Connection, Outcome } from "@bridgekit/core";
import { runTask as runTaskOn, startBridge, type TestBridge } from "@bridgekit/testing";
import { afterAll, beforeAll } from "vitest";

let bridge: TestBridge;
beforeAll(async () => {
  bridge = await startBridge();
});
afterAll(() => bridge[Symbol.asyncDispose]());

/** Runs one task through a real Bridge; `interruptedAt` as if an execution had been cut off then. */
export function runTask(
  connection: Connection,
  action: TaskAction,
  payload: TaskPayload,
  interruptedAt?: Date,
): Promise<Outcome> {
  return runTaskOn({ bridge: bridge.client, connection, action, payload, interruptedAt });
}
