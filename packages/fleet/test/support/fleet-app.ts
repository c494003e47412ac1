import { defineConnector } from "@bridgekit/core";
import { announceCapabilities, createConnection, registerResourceTypes, runSync, runTasks } from "@bridgekit/core/run";
import type { BridgeClient } from "@bridgekit/client";
import { z } from "zod";
import type { FleetApp, OpenedFleetApp } from "../../src/index.ts";

interface Answer {
  order: "read" | "crash";
  accounts: [id: string, state: "active" | "suspended"][];
}

/** A connector of a system of the stand-in. */
function defineStandIn(url: string) {
  const ask = async (path: string, signal: AbortSignal): Promise<Answer> => {
    const response = await fetch(`${url}/${path}`, { signal });
    return (await response.json()) as Answer;
  };
  return defineConnector({
    name: "stand-in",
    title: "Stand-in",
    config: z.object({ key: z.string() }),
    resourceTypes: { account: { type: "account", name: "User" } },
    connect: ({ key }) => ({ key }),
    check: async () => [],
    sync: ({ client: { key }, signal }) => ({
      async *account() {
        const { order, accounts } = await ask(key, signal);
        if (order === "crash") process.exit(70);
        for (const [id, state] of accounts) yield { id, email: `${id}@example.com`, status: state };
      },
    }),
    tasks: {
      async suspend_account({ client: { key }, signal }, { account }) {
        await ask(`${key}/${account.id}`, signal);
      },
    },
  });
}

export interface AppOptions extends Partial<Pick<FleetApp, "name" | "zone" | "upstreamHost" | "connector">> {
  org: { url: string; client: BridgeClient };
  key: string;
  standIn: { url: string };
  /** Seconds between two syncs; an hour by default. */
  every?: number;
}

/** An app of a fleet that reads a system of the stand-in. */
export function toFleetApp({ org, key, name = key, standIn, every = 3600, ...given }: AppOptions): FleetApp & {
  open: () => Promise<OpenedFleetApp>;
} {
  const connector = defineStandIn(standIn.url);
  const { client: bridge } = org;
  return {
    org: org.url,
    key,
    name,
    zone: "default",
    connector: connector.name,
    upstreamHost: "stand-in.example.com",
    credential: key,
    schedule: {
      text: `every ${every} s`,
      first: (now) => now,
      next: (endedAt) => new Date(endedAt.getTime() + every * 1000),
    },
    async open() {
      const connection = await createConnection(connector, { key });
      const appId = await findOrCreate(bridge, name);
      await registerResourceTypes(bridge, appId, connector);
      await announceCapabilities(bridge, appId, connection);
      return {
        appId,
        async sync(tools) {
          const { status } = await runSync({ bridge, appId, connection, ...tools });
          return { isGood: status !== "abandoned", note: status };
        },
        async tasks(tools) {
          const { completed, failed } = await runTasks({ bridge, appId, connection, verifyDelaySeconds: 0, ...tools });
          return { isGood: true, note: `${completed} completed, ${failed} failed` };
        },
        async [Symbol.asyncDispose]() {},
      };
    },
    ...given,
  };
}

const known = new WeakMap<BridgeClient, Map<string, string>>();

/** Lists the apps of a Bridge once per process. */
async function findOrCreate(bridge: BridgeClient, name: string): Promise<string> {
  let ids = known.get(bridge);
  if (!ids?.has(name)) {
    ids = new Map();
    for await (const app of bridge.listApps()) ids.set(app.name, app.id);
    known.set(bridge, ids);
  }
  const id = ids.get(name) ?? (await bridge.createApp({ name })).id;
  ids.set(name, id);
  return id;
}
