import type { Ref, TaskPayload } from "@bridgekit/client";
import type { ConnectorContext, TaskContext } from "../connector/connector.ts";
import type { RefSlugOf, ResourceTypes } from "../connector/resource-types.ts";

/** What a task gives and takes for one slug. */
export interface Change {
  added: readonly Ref[];
  removed: readonly Ref[];
}

/** The changes of a task, by slug; absent for slugs that it does not name. */
export type Changes = Readonly<Partial<Record<string, Change>>>;

interface Checked<Client, Account> {
  /**
   * Returns those of the ids that exist in the system; may return others, too. A task that gives any other id fails before
   * anything is written.
   */
  exists?: (context: TaskContext<Client>, ids: readonly string[]) => Promise<readonly string[]>;
  /**
   * Throws if the change can't be made; called for every slug before anything is written. `account` is absent if the task
   * is about to create it.
   */
  check?: (
    context: TaskContext<Client>,
    change: Change,
    task: { changes: Changes; account: Account | undefined },
  ) => Promise<void> | void;
  /** Why the account may keep what was taken, for the message: `another group implies it`. */
  kept?: string;
}

interface ListedAccess<Client, Account> extends Checked<Client, Account> {
  /** Ids that the account has; may leave out any that the change does not name. */
  list(
    context: ConnectorContext<Client>,
    account: Account,
    change: Change,
  ): Promise<readonly string[]> | readonly string[];
}

/** What an account may have any number of. Adding what is there and removing what is gone counts as done. */
interface ManyAccess<Client, Account> extends ListedAccess<Client, Account> {
  add(context: TaskContext<Client>, account: Account, ref: Ref, change: Change): Promise<unknown>;
  remove(context: TaskContext<Client>, account: Account, ref: Ref, change: Change): Promise<unknown>;
}

/** What an account may have any number of, in a system that refuses some combinations: one write adds and removes. */
interface JointAccess<Client, Account> extends ListedAccess<Client, Account> {
  /** Called once, with only what is still to be added and removed. */
  change(context: TaskContext<Client>, account: Account, change: Change): Promise<unknown>;
}

/** The ids to set, by slug; `null` takes away. */
export type Values = Readonly<Partial<Record<string, string | null>>>;

/** What an account has at most one of: giving one replaces the other. */
interface SingleAccess<Client, Account> extends Checked<Client, Account> {
  get(
    context: ConnectorContext<Client>,
    account: Account,
    change: Change,
  ): Promise<string | null | undefined> | string | null | undefined;
  /** Called once for all slugs with the same function, so that one write sets what the system keeps together. */
  set: (context: TaskContext<Client>, account: Account, values: Values) => Promise<unknown>;
}

export type Access<Client = any, Account = any> =
  | ManyAccess<Client, Account>
  | JointAccess<Client, Account>
  | SingleAccess<Client, Account>;

export type AccessOf<Types extends ResourceTypes, Client, Account> = {
  readonly [Slug in RefSlugOf<Types>]?: Access<Client, Account>;
};

/** The account that a task asks for: blank values are left out, the others trimmed. */
export interface Wish extends Pick<TaskPayload["account"], "id"> {
  email?: string;
  username?: string;
  first_name?: string;
  last_name?: string;
  display_name?: string;
}

export interface Found {
  id: string;
  /** For the administrator, after the id: `which is deactivated; use unsuspend_account to bring it back`. */
  note?: string | undefined;
}

/**
 * How an account is created exactly once. Core looks for it first, creates it, and looks again if the response was lost; an
 * account that is found then was created by this task.
 */
export interface CreateOnce<Types extends ResourceTypes, Client, Existing extends Found = any> {
  /** Finds the account that the task asks for, in any state. Throws if the system can't tell whether it exists. */
  find(context: TaskContext<Client>, wish: Wish): Promise<Existing | undefined>;
  /** Returns the id that the system assigned. */
  create(context: TaskContext<Client>, wish: Wish, changes: Changes): Promise<string>;
  /**
   * Whether the account may have been created by an interrupted execution, which began at `since`; a tolerance for clocks
   * is subtracted already.
   */
  wasMadeSince(context: TaskContext<Client>, found: Existing, since: Date): Promise<boolean> | boolean;
  /** Fields that a new account must have; without them the task fails before anything is looked for. */
  needs?: readonly Exclude<keyof Wish, "id">[];
  /**
   * Ids that every new account gets in addition to those of the task; for slugs with `set`, only if the task names none.
   */
  defaults?(context: TaskContext<Client>): { [Slug in RefSlugOf<Types>]?: readonly string[] };
  /** Slugs that `create` gives with the account itself. */
  gives?: readonly RefSlugOf<Types>[];
}
