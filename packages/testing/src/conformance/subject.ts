import type { BridgeClient, TaskAction, TaskPayload } from "@bridgekit/client";
import { createConnection, registerResourceTypes, type Connection, type Connector, type Logger } from "@bridgekit/core";
import { toTaskPayload } from "../bridge/run-task.ts";
import type { TestBridge } from "../bridge/start-bridge.ts";
import { quickRetry } from "../connection/quick-retry.ts";
import { createSandbox, type Sandbox } from "@bridgekit/sandbox";
import { Credentials } from "./credentials.ts";
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
  /** What a Bridge hands to the runner for a task's payload; throws its error where it makes no task of it. */
  toPayload: (action: TaskAction, payload: TaskPayload) => Promise<TaskPayload>;
  /** A read of the undisturbed product; made once. */
  goodRead: () => Promise<ReadResult>;
  /** Everything that the connector said in errors, logs and partial reasons, until now. */
  said: string[];
}

export interface Opened<Product> {
  product: Product;
  /** Around the product: its faults and its count are the kit's own. */
  around: Sandbox;
  /** What was sent and received over the connection. */
  credentials: Credentials;
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
    const credentials = new Credentials();
    const logger = createListener(said);
    const connection = await createConnection(connector, options.config, {
      fetch: credentials.watch(around.fetch),
      logger,
      retry: quickRetry,
    });
    return { product, around, credentials, connection };
  }

  const payloads = new Map<string, Promise<TaskPayload>>();
  let appId: Promise<string> | undefined;
  async function toPayload(action: TaskAction, payload: TaskPayload): Promise<TaskPayload> {
    const key = `${action} ${JSON.stringify(payload)}`;
    const known = payloads.get(key) ?? askBridge(action, payload);
    payloads.set(key, known);
    return structuredClone(await known);
  }
  async function askBridge(action: TaskAction, payload: TaskPayload): Promise<TaskPayload> {
    const { client } = await bridge();
    appId ??= createApp(client, connector);
    return toTaskPayload(client, await appId, { connection: { connector }, action, payload });
  }

  const subject: Subject<Product> = {
    connector,
    options,
    bridge,
    open,
    toPayload,
    said,
    goodRead: () => (good ??= open().then((opened) => readEverything(subject, opened))),
  };
  return subject;
}

async function createApp(client: BridgeClient, connector: Connector): Promise<string> {
  const { id } = await client.createApp({ name: connector.title });
  await registerResourceTypes(client, id, connector);
  return id;
}

function createListener(said: string[]): Logger {
  const hear = (fields: object, message: string) => void said.push(`${message} ${JSON.stringify(fields)}`);
  return { debug: hear, info: hear, warn: hear, error: hear };
}
