import { setTimeout as sleep } from "node:timers/promises";
import { defineConnector } from "@bridgekit/core";
import { announceCapabilities, createConnection, registerResourceTypes, runSync, runTasks } from "@bridgekit/core/run";
import type { BridgeClient } from "@bridgekit/client";
import { z } from "zod";
import type { FleetApp } from "../../src/index.ts";

/** A stand-in for a system: it sees every sync and every task of its app, whichever worker carries it out. */
export interface Upstream {
  accounts: Map<string, "active" | "suspended">;
  /** Syncs and task handlers that are at work now, and the most at a time so far. */
  now: { sync: number; tasks: number };
  most: { sync: number; tasks: number };
  syncs: number;
  /** `suspend_account u1`, each time that it was done. */
  done: string[];
  /** How long a sync reads. */
  readMs: number;
  /** Called while a sync reads. */
  onRead: (signal: AbortSignal) => Promise<void> | void;
  onTask: () => Promise<void> | void;
}

export function createUpstream(options: Partial<Upstream> = {}): Upstream {
  return {
    accounts: new Map(["u1", "u2", "u3"].map((id) => [id, "active"])),
    now: { sync: 0, tasks: 0 },
    most: { sync: 0, tasks: 0 },
    syncs: 0,
    done: [],
    readMs: 0,
    onRead: () => {},
    onTask: () => {},
    ...options,
  };
}

/** Counts what is at work; a worker that "died" leaves by its signal. */
async function during<T>(upstream: Upstream, kind: "sync" | "tasks", work: () => Promise<T>): Promise<T> {
  upstream.now[kind]++;
  upstream.most[kind] = Math.max(upstream.most[kind], upstream.now[kind]);
  try {
    return await work();
  } finally {
    upstream.now[kind]--;
  }
}

function defineStandIn(upstream: Upstream) {
  return defineConnector({
    name: "stand-in",
    title: "Stand-in",
    config: z.object({}),
    resourceTypes: { account: { type: "account", name: "User" } },
    connect: () => ({}),
    check: async () => [],
    sync: ({ signal }) => ({
      async *account() {
        upstream.syncs++;
        await during(upstream, "sync", async () => {
          await upstream.onRead(signal);
          await sleep(upstream.readMs, undefined, { signal });
        });
        for (const id of upstream.accounts.keys()) yield { id, email: `${id}@example.com` };
      },
    }),
    tasks: {
      suspend_account: (_context, { account }) =>
        during(upstream, "tasks", async () => {
          await upstream.onTask();
          upstream.done.push(`suspend_account ${account.id}`);
          upstream.accounts.set(account.id, "suspended");
        }),
    },
  });
}

interface AppOptions extends Partial<Pick<FleetApp, "zone" | "upstreamHost" | "schedule" | "name">> {
  org: { url: string; client: BridgeClient };
  key: string;
  upstream: Upstream;
  /** Seconds. */
  every?: number;
}

/** An app of a fleet that reads the stand-in. */
export function toFleetApp({ org, key, upstream, every = 3600, ...given }: AppOptions): FleetApp {
  const connector = defineStandIn(upstream);
  const { client: bridge } = org;
  return {
    org: org.url,
    key,
    name: key,
    zone: "default",
    upstreamHost: "stand-in.example.com",
    credential: key,
    schedule: {
      text: `every ${every} s`,
      first: (now) => now,
      next: (endedAt) => new Date(endedAt.getTime() + every * 1000),
    },
    async open() {
      const connection = await createConnection(connector, {});
      const appId = await findOrCreate(bridge, given.name ?? key);
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

const creating = new WeakMap<BridgeClient, Map<string, Promise<string>>>();

function findOrCreate(bridge: BridgeClient, name: string): Promise<string> {
  const names = creating.get(bridge) ?? new Map<string, Promise<string>>();
  creating.set(bridge, names);
  const id = names.get(name) ?? find(bridge, name);
  names.set(name, id);
  return id;
}

async function find(bridge: BridgeClient, name: string): Promise<string> {
  for await (const app of bridge.listApps()) if (app.name === name) return app.id;
  return (await bridge.createApp({ name })).id;
}
