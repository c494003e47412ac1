import type { TaskAction, TaskPayload } from "@bridgekit/client";
import type { Connector } from "@bridgekit/core";
import type { Connection } from "@bridgekit/core/run";
import type { Sandbox } from "@bridgekit/sandbox";
import type { TestBridge } from "../bridge/start-bridge.ts";
import type { Credentials } from "./credentials.ts";
import type { TestConnectorOptions, Upstream } from "./options.ts";
import type { RecordsBySlug } from "./truth.ts";

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

/** What a read of every stream brought. */
export interface ReadResult {
  records: RecordsBySlug;
  /** What the connector said to be missing. */
  missing: readonly string[];
  /** What it said of refs that are not known, as `slug: reason`. */
  unknownRefs: readonly string[];
  /** What a stream threw. */
  error: Error | undefined;
  /** Calls to the product. */
  calls: number;
  /** What each of them asks for, the same text whatever the ids in it. */
  kinds: readonly string[];
  /** Of those, counted from 1, the calls that go on with a list that an earlier one began. */
  laterPages: readonly number[];
  /** The read was cut off, because it went on and on. */
  isEndless: boolean;
}
