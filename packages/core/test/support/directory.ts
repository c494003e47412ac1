import { z } from "zod";
import { defineConnector, type AccountState, type TaskAction, type TaskContext, type Verify } from "../../src/index.ts";
import { createConnection, type Connection, silentLogger } from "../../src/run.ts";

interface Person {
  status: "active" | "suspended";
  teams: Set<string>;
}

export interface Directory {
  people: Map<string, Person>;
  /** What handlers did, in order: `suspend_account u1`. */
  done: string[];
  connection: Connection;
}

export interface DirectoryOptions {
  /** Called before a handler works; may throw or wait. */
  before?: (action: TaskAction, id: string, context: TaskContext<unknown>) => Promise<void> | void;
  /** Called after it. */
  after?: (action: TaskAction, id: string, context: TaskContext<unknown>) => Promise<void> | void;
  /** Replaces the state that is read back. */
  verify?: ((id: string) => AccountState | undefined) | "none";
  once?: readonly TaskAction[];
  unsupported?: { readonly [Action in TaskAction]?: string };
  /** Called once a task backs off, as long as it is not tried again. */
  onBackOff?: () => void;
}

/** A connector to a directory in memory, which assigns ids to new accounts: `real-1`, `real-2`. */
export async function connectDirectory(ids: readonly string[], options: DirectoryOptions = {}): Promise<Directory> {
  const people = new Map<string, Person>(ids.map((id) => [id, { status: "active", teams: new Set() }]));
  const done: string[] = [];

  function handler(action: TaskAction, work: (id: string, payload: any) => string | void) {
    return async (context: TaskContext<unknown>, payload: any) => {
      const { id } = payload.account;
      await options.before?.(action, id, context);
      done.push(`${action} ${id}`);
      const realId = work(id, payload);
      await options.after?.(action, id, context);
      return realId ? { account: { id: realId } } : {};
    };
  }
  const directory = defineConnector({
    name: "directory",
    title: "Directory",
    config: z.object({}),
    resourceTypes: { account: { type: "account", name: "Person" }, team: { type: "group", name: "Team" } },
    connect: () => ({}),
    check: async () => [],
    sync: () => ({
      async *account() {
        for (const id of people.keys()) yield { id, username: id };
      },
      async *team() {
        yield { id: "t1", name: "Team 1" };
      },
    }),
    tasks: {
      suspend_account: handler("suspend_account", (id) => void (people.get(id)!.status = "suspended")),
      unsuspend_account: handler("unsuspend_account", (id) => void (people.get(id)!.status = "active")),
      delete_account: handler("delete_account", (id) => void people.delete(id)),
    },
    ...(options.once && { once: options.once }),
    ...(options.unsupported && { unsupported: options.unsupported }),
  });
  const tasks = {
    ...directory.tasks,
    create_account: handler("create_account", (_id, { memberships = {} }) => {
      const realId = `real-${people.size + 1}`;
      people.set(realId, { status: "active", teams: new Set((memberships.team ?? []).map(({ id }: any) => id)) });
      return realId;
    }),
    update_account: handler("update_account", (id, { changes = {} }) => {
      for (const { id: team } of changes.team?.added ?? []) people.get(id)?.teams.add(team);
      for (const { id: team } of changes.team?.removed ?? []) people.get(id)?.teams.delete(team);
    }),
  };
  const look: Verify<unknown> = async (_context, { account }) => {
    if (typeof options.verify === "function") return options.verify(account.id);
    const person = people.get(account.id);
    return person && { status: person.status, memberships: { team: [...person.teams].map((id) => ({ id })) } };
  };
  const verify =
    options.verify === "none" ? {} : Object.fromEntries(Object.keys(tasks).map((action) => [action, look]));
  const warn = (_fields: object, message: string) => {
    // It backs off within this turn.
    if (options.onBackOff && message.endsWith("trying it again")) setImmediate(options.onBackOff);
  };
  const logger = { ...silentLogger, warn };
  return { people, done, connection: await createConnection({ ...directory, tasks, verify }, {}, { logger }) };
}
