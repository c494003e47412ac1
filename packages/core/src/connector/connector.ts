import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Ref, RecordStatus, TaskAction, TaskPayload, TaskResult } from "@bridgekit/client";
import type { HttpOptions } from "../http/http-options.ts";
import type { Http } from "../http/http.ts";
import type { Logger } from "../logger.ts";
import type { RecordOf, ResourceTypes } from "./resource-types.ts";

/** What `connect` gets in addition to the config. */
export interface ConnectTools {
  /** Creates the HTTP of an API client: timeouts, retries by effect, Retry-After, redaction. */
  http: (options: HttpOptions) => Http;
  logger: Logger;
}

export interface ConnectorContext<Client> {
  /** What `connect` returned. */
  client: Client;
  logger: Logger;
  /** Aborts when the run is to stop; pass it to every call that can take long. */
  signal: AbortSignal;
}

export interface SyncContext<Client, RefSlug extends string = string> extends ConnectorContext<Client> {
  /**
   * Reports that the run does not read everything, and why. The run goes on and ends as a delta: what was read is kept,
   * nobody is removed.
   */
  readonly partial: (reason: string) => void;
  /**
   * Reports that this run can't see which groups or licenses of a type the accounts have, and why. Every account yielded
   * from now on keeps those that the Bridge knows, as if it named the slug in its `unknown_refs`; refs that it yields are
   * added. The run may complete. Call it before the first account. Throws `TypeError` if the slug is not a group or license
   * type.
   */
  unknownRefs(this: void, slug: RefSlug, reason: string): void;
}

export interface TaskContext<Client> extends ConnectorContext<Client> {
  taskId: string;
  /**
   * When the first execution of this task began, if it was interrupted and nobody knows how far it came: the process died,
   * the time was up, or a call failed in the middle. Then read before you write.
   */
  interruptedAt: Date | undefined;
}

/** One result of `check`: a credential or a permission, and whether it works. */
export interface CheckResult {
  name: string;
  isOk: boolean;
  /** What was found; if it is not ok, what to do. */
  message?: string;
  /** What to do if it is not ok; replaces the message then. */
  advice?: string;
}

/** What `sync` returns: a function for each resource type that opens its stream. */
export type Streams<Types extends ResourceTypes> = {
  [Slug in keyof Types]: () => AsyncIterable<RecordOf<Types, Slug>>;
};

/** A created or changed record, with the slug of its type. */
type ChangeOf<Types extends ResourceTypes> = {
  [Slug in keyof Types & string]: { slug: Slug; record: RecordOf<Types, Slug> };
}[keyof Types & string];

/** How to read only what has changed in the system. */
export interface Changes<Types extends ResourceTypes, Client> {
  /** Returns where the changes after now begin. Called before everything is read, so that no change is lost. */
  cursor(context: SyncContext<Client>): Promise<string>;
  /**
   * Yields what was created or changed after the cursor, each record in full, and returns the next cursor. Removals are
   * found when everything is read again. Throws `CursorExpiredError` if the cursor is too old.
   */
  since(context: SyncContext<Client>, cursor: string): AsyncGenerator<ChangeOf<Types>, string>;
}

/** The account of a task; `id` is the one that the system assigned. */
export interface AccountPayload {
  account: TaskPayload["account"];
}

/** Actions that core derives from `access` and `create`. */
type DerivedAction = "create_account" | "update_account";

/** Carries out an action on one account. */
type TaskHandler<Client> = (context: TaskContext<Client>, payload: AccountPayload) => Promise<TaskResult | void>;

export type TaskHandlers<Client> = { [Action in Exclude<TaskAction, DerivedAction>]?: TaskHandler<Client> };

/**
 * The current state of an account in the system. An absent status or slug is not compared; an empty list means none.
 */
export interface AccountState {
  status?: RecordStatus;
  memberships?: Readonly<Record<string, readonly Ref[]>>;
  /** Why the account may keep what was taken, by slug. */
  kept?: Readonly<Record<string, string>>;
}

/** Reads an account after a task. `payload.account.id` is the id that the system assigned. */
export type Verify<Client> = (
  context: ConnectorContext<Client>,
  payload: TaskPayload,
) => Promise<AccountState | undefined>;

/**
 * A connector as the runners see it. Its config and client are `any` by default: the runners only pass back what it
 * created.
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
  /** The handlers of the definition, and those that core derives from its `access` and `create`. */
  readonly tasks: Readonly<
    Partial<Record<TaskAction, (context: TaskContext<Client>, payload: TaskPayload) => Promise<TaskResult | void>>>
  >;
  /** Slugs whose memberships and licenses can be changed. */
  readonly grantable: readonly string[];
  readonly once: readonly TaskAction[];
  readonly unsupported: Readonly<Partial<Record<TaskAction, string>>>;
  readonly verify: Readonly<Partial<Record<TaskAction, Verify<Client>>>>;
}
