import type { Ref, TaskPayload } from "@bridgekit/client";
import type { ConnectorContext, TaskContext } from "../connector/connector.ts";
import type { RefSlugOf, ResourceTypes } from "../connector/resource-types.ts";

/** What a task gives and takes of one slug. */
export interface Change {
  added: readonly Ref[];
  removed: readonly Ref[];
}

/** The changes of a task, by slug; those of slugs that it does not name are absent. */
export type Changes = Readonly<Partial<Record<string, Change>>>;

interface Checked<Client, Account> {
  /**
   * Those of these ids, of what a task gives and takes, that the system has; may return others, too. A task that gives any
   * other one fails before anything is written.
   */
  exists?: (context: TaskContext<Client>, ids: readonly string[]) => Promise<readonly string[]>;
  /**
   * Throws where what a task gives and takes can't be done; called for every slug before anything is written. `account` is absent where a task is about to make it.
   */
  check?: (
    context: TaskContext<Client>,
    change: Change,
    task: { changes: Changes; account: Account | undefined },
  ) => Promise<void> | void;
  /** Why something that was taken may still be there, for the message: `another group implies it`. */
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

/** What an account has at most one of: giving one replaces the one before. */
interface SingleAccess<Client, Account> extends Checked<Client, Account> {
  get(
    context: ConnectorContext<Client>,
    account: Account,
    change: Change,
  ): Promise<string | null | undefined> | string | null | undefined;
  /** Called once for all slugs that have the same function, so that one write sets all that is kept together. */
  set: (context: TaskContext<Client>, account: Account, values: Values) => Promise<unknown>;
}

export type Access<Client = any, Account = any> =
  | ManyAccess<Client, Account>
  | JointAccess<Client, Account>
  | SingleAccess<Client, Account>;

export type AccessOf<Types extends ResourceTypes, Client, Account> = {
  readonly [Slug in RefSlugOf<Types>]?: Access<Client, Account>;
};

/** An account that is to be made, as the task wishes for it: without blank values, and without blanks around the others. */
export interface Wish extends Pick<TaskPayload["account"], "id"> {
  email?: string;
  username?: string;
  first_name?: string;
  last_name?: string;
  display_name?: string;
}

export interface Found {
  id: string;
  /** What an administrator should know of it: `which is deactivated; use unsuspend_account to bring it back`. */
  note?: string | undefined;
}

/**
 * How an account is made exactly once. Core looks first, makes it, and looks again where the response was lost; an account
 * that is found then is this task's own.
 */
export interface CreateOnce<Types extends ResourceTypes, Client, Existing extends Found = any> {
  /** Finds the account that the task wishes for, whatever its state. Throws where it can't be told that there is none. */
  find(context: TaskContext<Client>, wish: Wish): Promise<Existing | undefined>;
  /** Returns the id that the system assigned. */
  create(context: TaskContext<Client>, wish: Wish, changes: Changes): Promise<string>;
  /**
   * Whether an account that was found may be the work of an execution that was cut off; it began at `since`, less a
   * tolerance for clocks.
   */
  wasMadeSince(context: TaskContext<Client>, found: Existing, since: Date): Promise<boolean> | boolean;
  /** What the task has to say of a new account; without it nothing is looked for. */
  needs?: readonly Exclude<keyof Wish, "id">[];
  /**
   * Ids that every new account gets beside what the task names; of what there is one of, only where the task names none.
   */
  defaults?(context: TaskContext<Client>): { [Slug in RefSlugOf<Types>]?: readonly string[] };
  /** Slugs that `create` gives along with the account. */
  gives?: readonly RefSlugOf<Types>[];
}
