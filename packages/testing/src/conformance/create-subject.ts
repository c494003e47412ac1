import type { BridgeClient, TaskAction, TaskPayload } from "@bridgekit/client";
import type { Connector, Logger } from "@bridgekit/core";
import { createConnection, createHosts, registerResourceTypes, type RetryOptions } from "@bridgekit/core/run";
import { createSandbox } from "@bridgekit/sandbox";
import { toTaskPayload } from "../bridge/run-task.ts";
import type { TestBridge } from "../bridge/start-bridge.ts";
import { Credentials } from "./credentials.ts";
import type { TestConnectorOptions, Upstream } from "./options.ts";
import { readEverything } from "./read-everything.ts";
import type { Opened, ReadResult, Subject } from "./subject.ts";

/** For `createConnection` in tests: as many retries as in production, without the waiting. */
export const quickRetry: RetryOptions = { minDelaySeconds: 0.001, maxDelaySeconds: 0.002 };

// A host that is down is left alone as in production, without the waiting.
const QUICK_DOWN_SECONDS = 0.001;

export function createSubject<Product extends Upstream>(
  connector: Connector,
  options: TestConnectorOptions<Product>,
  bridge: () => Promise<TestBridge>,
): Subject<Product> {
  const messages: string[] = [];
  let good: Promise<ReadResult> | undefined;

  async function open(make = options.upstream): Promise<Opened<Product>> {
    const product = await make();
    const around = createSandbox({ fetch: (request) => product.fetch(request) });
    const credentials = new Credentials();
    const logger = createListener(messages);
    const connection = await createConnection(connector, options.config, {
      fetch: credentials.watch(around.fetch),
      logger,
      retry: quickRetry,
      hosts: createHosts({ downSeconds: QUICK_DOWN_SECONDS }),
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
    messages,
    goodRead: () => (good ??= open().then((opened) => readEverything(subject, opened))),
  };
  return subject;
}

async function createApp(client: BridgeClient, connector: Connector): Promise<string> {
  const { id } = await client.createApp({ name: connector.title });
  await registerResourceTypes(client, id, connector);
  return id;
}

function createListener(messages: string[]): Logger {
  const hear = (fields: object, message: string) => void messages.push(`${message} ${JSON.stringify(fields)}`);
  return { debug: hear, info: hear, warn: hear, error: hear };
}
