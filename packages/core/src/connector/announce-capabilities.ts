import { isDeepStrictEqual } from "node:util";
import type { BridgeClient, Capabilities } from "@bridgekit/client";
import { ifOffered } from "../if-offered.ts";
import type { Connection } from "./create-connection.ts";
import type { Connector } from "./connector.ts";

/**
 * Tells a Bridge that wants to know what the connector can do, so that a task that it can't carry out is refused when it is
 * created. Any other Bridge is told nothing. It never throws: an app works without.
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
    logger.warn(fields, "the Bridge was not told what the connector can do");
  }
}

/** What follows from the definition of a connector. */
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
