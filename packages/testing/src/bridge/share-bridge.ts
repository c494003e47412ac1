import { afterAll } from "vitest";
import { startBridge, type TestBridge } from "./start-bridge.ts";

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
