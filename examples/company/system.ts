import type { TaskCreate, TaskErrorCode } from "@bridgekit/client";

/** A system of the company: a stand-in for the product, kept in a file between runs. */
export interface System {
  /** Of its app in `bridge.config.ts`. */
  key: string;
  url: string;
  /** What `bridge.config.ts` reads from the environment. */
  settings: Readonly<Record<string, string>>;
  /** How many accounts the product has now. */
  countAccounts: () => number;
  /** What administrators want done, in a system in which tasks wait. */
  planTasks?: () => Plan;
  save: () => Promise<void>;
  close: () => Promise<void>;
}

export interface Plan {
  tasks: readonly PlannedTask[];
  /** Somebody who leaves while the tasks wait, one of which is about the account. */
  leaver: { id: string; name: string; leave: () => void };
  /** How many records the next sync is to find gone. */
  removed: number;
}

export interface PlannedTask {
  task: TaskCreate;
  /** The name of the account's owner. */
  who: string;
  /** `refused` by the Bridge when it is created, because the connector can't do it. */
  ends: "completed" | "refused" | TaskErrorCode;
  /** What its failure or refusal says, among other things. */
  says?: string;
  /** Status of the account after the next sync. */
  leaves: "active" | "suspended" | "inactive";
}
