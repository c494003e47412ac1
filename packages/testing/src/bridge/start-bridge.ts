import type { BridgeClient, TaskAction, TaskPayload } from "@bridgekit/client";
import type { Connection, Outcome } from "@bridgekit/core/run";
import { createTestBridge } from "@bridgekit/server/testing";
import { afterAll } from "vitest";
import { openApp, type TestApp } from "./open-app.ts";
import { runTask } from "./run-task.ts";

export interface TestBridge extends AsyncDisposable {
  client: BridgeClient;
  /** Creates an app for a connection, with the resource types of its connector. */
  openApp: (connection: Connection) => Promise<TestApp>;
  /**
   * Runs one task, in a new app, and returns what was reported. With `interruptedAt`, as if an earlier execution had begun
   * then and been interrupted.
   */
  runTask: (connection: Connection, action: TaskAction, payload: TaskPayload, interruptedAt?: Date) => Promise<Outcome>;
}

/** Starts the real server app on a database in memory, with a client for its first organisation; it opens no port. */
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
 * Starts a Bridge for all tests of a file, closed after the last one. Its data stays between tests, so each uses its own app.
 *
 * @example
 * const bridge = await shareBridge();
 */
export async function shareBridge(): Promise<TestBridge> {
  const bridge = await startBridge();
  afterAll(() => bridge[Symbol.asyncDispose]());
  return bridge;
}
