import { isDeepStrictEqual } from "node:util";
import type { BridgeClient, Capabilities } from "@bridgekit/client";
import { ifOffered } from "../if-offered.ts";
import type { Connection } from "./create-connection.ts";
import type { Connector } from "./connector.ts";

/**
 * Reports to the Bridge what the connector can do, so that it refuses a task that nobody can carry out when it is created.
 * Does nothing if the Bridge lacks the extension. Never throws: an app works without it.
 */
export async function announceCapabilities(
  bridge: BridgeClient,
  appId: string,
  { connector, logger }: Pick<Connection, "connector" | "logger">,
): Promise<void> {
  try {
    const read = await ifOffered(() => bridge.getAppWithExtensions(appId));
    if (!read?.extensions.includes("capabilities")) return;
    const capabilities = capabilitiesOf(connector);
    if (isDeepStrictEqual(read.app.capabilities, capabilities)) return;
    await bridge.setCapabilities(appId, capabilities);
  } catch (error) {
    const fields = { appId, error: (error as Error).message };
    logger.warn(fields, "the capabilities of the connector were not reported to the Bridge");
  }
}

/** The capabilities that follow from the definition of a connector. */
function capabilitiesOf({ name, version, tasks, grantable, unsupported }: Connector): Capabilities {
  const actions = Object.keys(tasks) as Capabilities["actions"];
  return {
    connector: name,
    version: version ?? null,
    actions: actions.toSorted(),
    grantable: grantable.toSorted(),
    advice: { ...(unsupported as Record<string, string>) },
  };
}
