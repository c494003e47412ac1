import type { Connector } from "@bridgekit/core";

/** A connector with one mistake, and the check that is there to catch it. */
export interface BrokenConnector {
  mistake: string;
  caughtBy: string;
  connector: Connector;
}
