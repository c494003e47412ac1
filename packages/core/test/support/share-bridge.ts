import { afterAll, beforeEach } from "vitest";
import { startBridge, type TestBridge } from "./start-bridge.ts";

/** A Bridge for all tests of a file; each starts with no interceptor and an empty log of calls. */
export async function shareBridge(): Promise<TestBridge> {
  const bridge = await startBridge();
  afterAll(() => bridge[Symbol.asyncDispose]());
  beforeEach(() => {
    bridge.intercept = () => undefined;
    bridge.calls.length = 0;
  });
  return bridge;
}
