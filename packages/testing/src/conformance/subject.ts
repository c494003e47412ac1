import type { TaskAction, TaskPayload } from "@bridgekit/client";
import type { Connector } from "@bridgekit/core";
import type { Connection } from "@bridgekit/core/run";
import type { Sandbox } from "@bridgekit/sandbox";
import type { TestBridge } from "../bridge/start-bridge.ts";
import type { Credentials } from "./credentials.ts";
import type { TestConnectorOptions, Upstream } from "./options.ts";
import type { RecordsBySlug } from "./truth.ts";

/** What the checks work on: a connector, a product to try it on, and what was seen so far. */
export interface Subject<Product extends Upstream = any> {
  connector: Connector;
  options: TestConnectorOptions<Product>;
  /** A real Bridge in memory, started by the first check that needs it. */
  bridge: () => Promise<TestBridge>;
  /** Opens a fresh product and a connection to it. */
  open: (make?: () => Product | Promise<Product>) => Promise<Opened<Product>>;
  /** Returns the payload as a Bridge sends it to the runner; throws the Bridge's error if it refuses the task. */
  toPayload: (action: TaskAction, payload: TaskPayload) => Promise<TaskPayload>;
  /** Reads the undisturbed product; done once. */
  goodRead: () => Promise<ReadResult>;
  /** All messages of the connector so far: errors, logs and reasons for partial reads. */
  messages: string[];
}

export interface Opened<Product> {
  product: Product;
  /** Wraps the product with the kit's own faults and request count. */
  around: Sandbox;
  /** Credentials sent and received over the connection. */
  credentials: Credentials;
  connection: Connection;
}

/** The result of reading every stream. */
export interface ReadResult {
  records: RecordsBySlug;
  /** What the connector reported as missing. */
  missing: readonly string[];
  /** Refs that it reported as unknown, as `slug: reason`. */
  unknownRefs: readonly string[];
  /** What a stream threw. */
  error: Error | undefined;
  /** Calls to the product. */
  calls: number;
  /** The kind of each call: method, path and query without ids. */
  kinds: readonly string[];
  /** Positions, from 1, of the calls that read a later page of a list. */
  laterPages: readonly number[];
  /** Whether the read was given up because it did not end. */
  isEndless: boolean;
}
