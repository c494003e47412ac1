import { z } from "zod";
import { defineConnector, type SyncContext, type TaskContext } from "../../src/index.ts";
import { createConnection, registerResourceTypes, type Connection, type TaskResult } from "../../src/run.ts";
import type { TestBridge } from "./start-bridge.ts";

export interface Account {
  id: string;
  email: string;
  memberships?: { team: { id: string }[] };
  assignments?: { seat: { id: string }[] };
  unknown_refs?: ("team" | "seat")[];
}

export interface WikiOptions {
  accounts?: () => AsyncIterable<Account> | Iterable<Account>;
  teams?: () => Iterable<{ id: string; name: string }>;
  seats?: () => Iterable<{ id: string; name: string }>;
  changes?: WikiChanges;
  password?: string;
  /** Called before the first account, with the context of the sync. */
  beforeAccounts?: (unknownRefs: SyncContext<unknown>["unknownRefs"]) => void;
  /** Called after the last account, with the context of the sync. */
  afterAccounts?: (partial: (reason: string) => void) => void;
  suspend?: (id: string, context: TaskContext<unknown>) => Promise<TaskResult | void>;
}

interface WikiChanges {
  cursor(): Promise<string>;
  since(cursor: string): AsyncGenerator<{ slug: "account"; record: Account }, string>;
}

export function* accounts(count: number): Generator<Account> {
  for (let n = 1; n <= count; n++)
    yield { id: `u${n}`, email: `u${n}@example.com`, memberships: { team: [{ id: "t1" }] } };
}

/** Yields this many accounts, then fails. */
export function* failingAfter(count: number): Generator<Account> {
  yield* accounts(count);
  throw new Error("Wiki returned 500 to GET /users");
}

export const CANARY = "canary-7f3a";

/** A connection to a wiki whose accounts come from a generator. */
export function connectWiki({
  accounts: people = () => accounts(3),
  teams = () => [{ id: "t1", name: "Team 1" }],
  seats = () => [{ id: "pro", name: "Pro" }],
  changes,
  password = CANARY,
  beforeAccounts,
  afterAccounts,
  suspend,
}: WikiOptions = {}): Promise<Connection> {
  const wiki = defineConnector({
    name: "wiki",
    title: "Wiki",
    config: z.object({ password: z.string() }),
    resourceTypes: {
      account: { type: "account", name: "User" },
      seat: { type: "license", name: "Seat" },
      team: { type: "group", name: "Team" },
    },
    connect: () => ({}),
    check: async () => [],
    sync: ({ partial, unknownRefs }) => ({
      async *account() {
        beforeAccounts?.(unknownRefs);
        yield* people();
        afterAccounts?.(partial);
      },
      async *seat() {
        yield* seats();
      },
      async *team() {
        yield* teams();
      },
    }),
    ...(changes && {
      changes: { cursor: () => changes.cursor(), since: (_context, cursor) => changes.since(cursor) },
    }),
    tasks: {
      async suspend_account(context, { account }) {
        return suspend?.(account.id, context);
      },
    },
  });
  return createConnection(wiki, { password });
}

/** Creates an app with the resource types of the wiki; returns its id. */
export async function createWikiApp({ client }: TestBridge): Promise<string> {
  const { id } = await client.createApp({ name: "Wiki" });
  await registerResourceTypes(client, id, (await connectWiki()).connector);
  return id;
}
