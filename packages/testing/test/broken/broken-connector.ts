import type { Connector } from "@bridgekit/core";
import type { TestConnectorOptions } from "../../src/index.ts";
import type { WikiProduct } from "../support/wiki-product.ts";

/** A connector with one mistake, and the check that must catch it. */
export interface BrokenConnector {
  mistake: string;
  caughtBy: string;
  connector: Connector;
  /** The options of the kit, if they are part of the mistake. */
  options?: TestConnectorOptions<WikiProduct>;
}
