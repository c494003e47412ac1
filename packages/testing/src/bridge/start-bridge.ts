import type { BridgeClient, TaskAction, TaskPayload } from "@bridgekit/client";
import type { Connection, Outcome } from "@bridgekit/core/run";
import { createTestBridge } from "@bridgekit/server/testing";
import { afterAll } from "vitest";
import { openApp, type TestApp } from "./open-app.ts";
import { runTask } from "./run-task.ts";

export interface TestBridge extends AsyncDisposable {
  client: BridgeClient;
  /** Makes an app for a connection, with the resource types of its connector. */
  openApp: (connection: Connection) => Promise<TestApp>;
  /**
   * Runs one task, in an app of its own, and answers how it was reported. `interruptedAt` is as if an earlier execution
   * had begun then and been cut off.
   */
  runTask: (connection: Connection, action: TaskAction, payload: TaskPayload, interruptedAt?: Date) => Promise<Outcome>;
}

/** The real server app on a database in memory, and a client of its first organisation; nothing listens on a port. */
export async function startBridge(): Promise<TestBridge> {
  const bridge = await createTestBridge();
  const { client } = await bridge.openOrg();
  return {
    client,
    openApp: (connection) => openApp(client, connection),
    runTask: (connection, action, payload, interruptedAt) =>
      runTask(client, connection, { action, payload, interruptedAt }),
    [Symbol.asyncDispose]: () => bridge.close(),
  };
}

/**
 * A Bridge for all tests of a file, closed after the last one. What they do in it stays, so each makes an app of its own.
 *
 * @example
 * const bridge = await shareBridge();
 */
export async function shareBridge(): Promise<TestBridge> {
  const bridge = await startBridge();
  afterAll(() => bridge[Symbol.asyncDispose]());
  return bridge;
}
