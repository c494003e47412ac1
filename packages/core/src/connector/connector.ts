import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Ref, RecordStatus, TaskAction, TaskPayload, TaskResult } from "@bridgekit/client";
import type { HttpOptions } from "../http/http-options.ts";
import type { Http } from "../http/http.ts";
import type { Logger } from "../logger.ts";
import type { RecordOf, ResourceTypes } from "./resource-types.ts";

/** What `connect` gets beside the config. */
export interface ConnectTools {
  /** Makes an API client's HTTP: timeouts, retries by effect, Retry-After, redaction. */
  http: (options: HttpOptions) => Http;
  logger: Logger;
}

export interface ConnectorContext<Client> {
  /** What `connect` returned. */
  client: Client;
  logger: Logger;
  /** Aborted when the run is to stop; pass it on to every call that can take long. */
  signal: AbortSignal;
}

export interface SyncContext<Client, RefSlug extends string = string> extends ConnectorContext<Client> {
  /**
   * Says that something is missing from what is read, and why. The run reads on, and ends as a delta: what was read
   * is kept, nobody is removed.
   */
  readonly partial: (reason: string) => void;
  /**
   * Says that this run can't see which groups or licenses of a type the accounts have, and why. Every account yielded
   * from now on keeps those that the Bridge has of it, as if it named the slug in its `unknown_refs`; what it yields of
   * them is added. The run may complete. Call it before the first account. Throws `TypeError` for a slug that is no
   * group or license type.
   */
  unknownRefs(this: void, slug: RefSlug, reason: string): void;
}

export interface TaskContext<Client> extends ConnectorContext<Client> {
  taskId: string;
  /**
   * Set where this task was begun before and nobody knows how far it came, because the process died, time was up or a
   * call failed in the middle: the time at which it began first. Read before you write.
   */
  interruptedAt: Date | undefined;
}

/** One line of what `check` found: a credential or a permission, and whether it is there. */
export interface CheckResult {
  name: string;
  isOk: boolean;
  /** What was found; where it is not ok, what to do. */
  message?: string;
  /** What to do where it is not ok; it takes the place of the message then. */
  advice?: string;
}

/** What `sync` returns: for each resource type a function that opens its stream. */
export type Streams<Types extends ResourceTypes> = {
  [Slug in keyof Types]: () => AsyncIterable<RecordOf<Types, Slug>>;
};

/** A record that was created or changed, with the slug of its type. */
type ChangeOf<Types extends ResourceTypes> = {
  [Slug in keyof Types & string]: { slug: Slug; record: RecordOf<Types, Slug> };
}[keyof Types & string];

/** How a system tells what has changed, so that not everything has to be read each time. */
export interface Changes<Types extends ResourceTypes, Client> {
  /** Where the changes after now begin. Asked before everything is read, so that nothing falls in between. */
  cursor(context: SyncContext<Client>): Promise<string>;
  /**
   * What was created or changed after the cursor, each record in full; returns the next cursor. Removals are found when
   * everything is read again. Throws `CursorExpiredError` where the cursor is too old.
   */
  since(context: SyncContext<Client>, cursor: string): AsyncGenerator<ChangeOf<Types>, string>;
}

/** The account that a task is about; `id` is the one that the system knows. */
export interface AccountPayload {
  account: TaskPayload["account"];
}

/** Actions that core makes of `access` and `create`. */
type DerivedAction = "create_account" | "update_account";

/** Carries out an action on one account. */
type TaskHandler<Client> = (context: TaskContext<Client>, payload: AccountPayload) => Promise<TaskResult | void>;

export type TaskHandlers<Client> = { [Action in Exclude<TaskAction, DerivedAction>]?: TaskHandler<Client> };

/**
 * An account as the system has it now. A status or a slug that is left out is not compared; an empty list says that there
 * is none.
 */
export interface AccountState {
  status?: RecordStatus;
  memberships?: Readonly<Record<string, readonly Ref[]>>;
  /** Why something that was taken may still be there, by slug. */
  kept?: Readonly<Record<string, string>>;
}

/** Reads an account after a task. `payload.account.id` is the id that the system has assigned. */
export type Verify<Client> = (
  context: ConnectorContext<Client>,
  payload: TaskPayload,
) => Promise<AccountState | undefined>;

/**
 * A connector as the runners see it. Its config and client are `any` unless named: the runners only hand back to it
 * what it made.
 */
export interface Connector<Config extends StandardSchemaV1 = any, Client = any> {
  readonly name: string;
  readonly title: string;
  readonly version?: string;
  readonly config: Config;
  readonly resourceTypes: ResourceTypes;
  connect(config: StandardSchemaV1.InferOutput<Config>, tools: ConnectTools): Client | Promise<Client>;
  check(context: ConnectorContext<Client>): Promise<readonly CheckResult[]>;
  sync(context: SyncContext<Client>): Readonly<Record<string, () => AsyncIterable<unknown>>>;
  readonly changes?: {
    cursor(context: SyncContext<Client>): Promise<string>;
    since(context: SyncContext<Client>, cursor: string): AsyncGenerator<{ slug: string; record: unknown }, string>;
  };
  /** Those of the definition, and those that core makes of its `access` and `create`. */
  readonly tasks: Readonly<
    Partial<Record<TaskAction, (context: TaskContext<Client>, payload: TaskPayload) => Promise<TaskResult | void>>>
  >;
  /** Slugs whose memberships and licenses can be changed. */
  readonly grantable: readonly string[];
  readonly once: readonly TaskAction[];
  readonly unsupported: Readonly<Partial<Record<TaskAction, string>>>;
  readonly verify: Readonly<Partial<Record<TaskAction, Verify<Client>>>>;
}
