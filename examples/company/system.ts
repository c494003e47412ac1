import type { TaskCreate, TaskErrorCode } from "@bridgekit/client";

/** A system of the company: a stand-in for the product, kept in a file between runs. */
export interface System {
  /** The name of its app in `bridge.config.ts`. */
  key: string;
  url: string;
  /** The environment variables for `bridge.config.ts`. */
  settings: Readonly<Record<string, string>>;
  /** The current number of accounts in the product. */
  countAccounts: () => number;
  /** Tasks of administrators, in a system with waiting tasks. */
  planTasks?: () => Plan;
  save: () => Promise<void>;
  close: () => Promise<void>;
}

export interface Plan {
  tasks: readonly PlannedTask[];
  /** Somebody who leaves while the tasks wait, although one concerns the account. */
  leaver: { id: string; name: string; leave: () => void };
  /** The number of records that the next sync must find missing. */
  removed: number;
}

export interface PlannedTask {
  task: TaskCreate;
  /** The name of the account's owner. */
  who: string;
  /** `refused` if the Bridge refuses to create it because the connector does not support it. */
  ends: "completed" | "refused" | TaskErrorCode;
  /** A part of the message of its failure or refusal. */
  says?: string;
  /** The status of the account after the next sync. */
  leaves: "active" | "suspended" | "inactive";
}
