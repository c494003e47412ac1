import type { Connector } from "@bridgekit/core";
import type { TestConnectorOptions } from "../../src/index.ts";
import type { WikiProduct } from "../support/wiki-product.ts";

/** A connector with one mistake, and the check that is there to catch it. */
export interface BrokenConnector {
  mistake: string;
  caughtBy: string;
  connector: Connector;
  /** How its author tries it, where that is part of the mistake. */
  options?: TestConnectorOptions<WikiProduct>;
}
