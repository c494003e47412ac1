import { createConnection, type Connection, type Connector, type Logger } from "@bridgekit/core";
import type { TestBridge } from "../bridge/start-bridge.ts";
import { quickRetry } from "../connection/quick-retry.ts";
import { createSandbox, type Sandbox } from "../sandbox/index.ts";
import type { TestConnectorOptions, Upstream } from "./options.ts";
import { readEverything, type ReadResult } from "./read-everything.ts";

/** What the checks look at: a connector, a product to try it on, and what was seen so far. */
export interface Subject<Product extends Upstream = any> {
  connector: Connector;
  options: TestConnectorOptions<Product>;
  /** A real Bridge in memory, started by the first check that needs it. */
  bridge: () => Promise<TestBridge>;
  /** A fresh product, and a connection to it. */
  open: (make?: () => Product | Promise<Product>) => Promise<Opened<Product>>;
  /** A read of the undisturbed product; made once. */
  goodRead: () => Promise<ReadResult>;
  /** Everything that the connector said in errors, logs and partial reasons, until now. */
  said: string[];
}

export interface Opened<Product> {
  product: Product;
  /** Around the product: its faults and its count are the kit's own. */
  around: Sandbox;
  connection: Connection;
}

export function createSubject<Product extends Upstream>(
  connector: Connector,
  options: TestConnectorOptions<Product>,
  bridge: () => Promise<TestBridge>,
): Subject<Product> {
  const said: string[] = [];
  let good: Promise<ReadResult> | undefined;

  async function open(make = options.upstream): Promise<Opened<Product>> {
    const product = await make();
    const around = createSandbox({ answer: (request) => product.fetch(request) });
    const logger = createListener(said);
    const connection = await createConnection(connector, options.config, {
      fetch: around.fetch,
      logger,
      retry: quickRetry,
    });
    return { product, around, connection };
  }

  const subject: Subject<Product> = {
    connector,
    options,
    bridge,
    open,
    said,
    goodRead: () => (good ??= open().then((opened) => readEverything(subject, opened))),
  };
  return subject;
}

function createListener(said: string[]): Logger {
  const hear = (fields: object, message: string) => void said.push(`${message} ${JSON.stringify(fields)}`);
  return { debug: hear, info: hear, warn: hear, error: hear };
}
