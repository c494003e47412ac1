import { afterAll } from "vitest";
import type { BridgeOptions } from "../../src/index.ts";
import { createApi } from "./api.ts";
import { type DatabaseKind, openBridge } from "./open-bridge.ts";

/** Opens a Bridge with an administrator's caller for the tests of a file or an async `describe`, and closes it after them. */
export async function setUpBridge(kind?: DatabaseKind, options?: Omit<BridgeOptions, "database">) {
  const bridge = await openBridge(kind, options);
  afterAll(() => bridge.close());
  return { bridge, api: await createApi(bridge) };
}
