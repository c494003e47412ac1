import type { BridgeClient } from "@bridgekit/client";
import { defineConnector } from "@bridgekit/core";
import {
  announceCapabilities,
  createConnection,
  createMemoryJournal,
  registerResourceTypes,
  runSync,
  runTasks,
} from "@bridgekit/core/run";
import { z } from "zod";

interface Account {
  teams: Set<string>;
  isSuspended: boolean;
}

const TEAMS = { eng: "Engineering", sup: "Support" };

export interface RunningWiki extends AsyncDisposable {
  appId: string;
  /** What is in the system. */
  accounts: Map<string, Account>;
  sync: () => Promise<unknown>;
}

/** A system in memory, its app, and the real runner that carries out tasks as they come, until it is disposed of. */
export async function runWiki(bridge: BridgeClient): Promise<RunningWiki> {
  const accounts = new Map<string, Account>(
    ["ida", "milo", "noor"].map((id) => [id, { teams: new Set(["eng"]), isSuspended: false }]),
  );
  const find = (id: string) => accounts.get(id)!;
  const connector = defineConnector({
    name: "wiki",
    title: "Wiki",
    config: z.object({}),
    resourceTypes: { team: { type: "group", name: "Team" }, account: { type: "account", name: "User" } },
    connect: () => ({}),
    check: async () => [],
    sync: () => ({
      async *team() {
        for (const [id, name] of Object.entries(TEAMS)) yield { id, name };
      },
      async *account() {
        for (const [id, { teams, isSuspended }] of accounts)
          yield {
            id,
            username: id,
            status: isSuspended ? ("suspended" as const) : ("active" as const),
            memberships: { team: [...teams].map((id) => ({ id, name: TEAMS[id as keyof typeof TEAMS] })) },
          };
      },
    }),
    findAccount: (_context, id) => ({ id }),
    access: {
      team: {
        list: (_context, { id }) => [...find(id).teams],
        add: async (_context, { id }, team) => void find(id).teams.add(team.id),
        remove: async (_context, { id }, team) => void find(id).teams.delete(team.id),
      },
    },
    tasks: {
      suspend_account: async (_context, { account }) => void (find(account.id).isSuspended = true),
      unsuspend_account: async (_context, { account }) => void (find(account.id).isSuspended = false),
    },
  });
  const connection = await createConnection(connector, {});
  const { id: appId } = await bridge.createApp({ name: "Wiki" });
  await registerResourceTypes(bridge, appId, connection.connector);
  await announceCapabilities(bridge, appId, connection);
  const sync = () => runSync({ bridge, appId, connection });
  await sync();
  const stop = new AbortController();
  const running = runTasks({
    bridge,
    appId,
    connection,
    journal: createMemoryJournal(),
    signal: stop.signal,
    until: "stopped",
    verifyDelaySeconds: 0,
  });
  return {
    appId,
    accounts,
    sync,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}
