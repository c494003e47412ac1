import type { BridgeOptions } from "@bridgekit/server";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { destination, pino } from "pino";
import type { CommandIo } from "../command-io.ts";
import { toSignInLink } from "./login.ts";
import { databaseOf, type DatabaseOptions } from "./open-database.ts";
import { readSignIn } from "./read-sign-in.ts";

export interface UpOptions extends DatabaseOptions {
  port: number;
  host: string;
  org: string;
  logLevel: string;
  /** Seconds. */
  drain: number;
  /** Days; null for forever. */
  retention: number | null;
  sessionDays: number | null;
  json?: boolean;
}

/** `bridgekit up`: runs a Bridge until stopped. The first start creates the organisation and an admin key. */
export async function up(options: UpOptions, io: CommandIo): Promise<number> {
  // By default both parts of V8's heap grow with the work done, not with the live objects.
  setFlagsFromString("--heap-growing-percent=10");
  setFlagsFromString("--semi-space-growth-factor=1");
  const database = databaseOf(options, io.env);
  if (!options.json) io.print(describeStart(database));
  const signIn = readSignIn(io.env, options.org);
  const { createBridge, serve } = await import("@bridgekit/server");
  const signal = io.stopSignal();
  const logger = pino({ level: options.logLevel }, destination(2));
  const bridge = await createBridge({
    database,
    logger,
    retentionDays: options.retention,
    sessionDays: options.sessionDays,
    signIn,
  });
  try {
    const server = await serve(bridge, {
      port: options.port,
      hostname: options.host,
      drainMs: options.drain * 1000,
    });
    // After `serve`: if the port is taken, a key created earlier would never be shown.
    const key = await firstKey(bridge, options.org);
    const url = `${server.url}/org/${options.org}`;
    const { token } = await bridge.createSignInLink({
      org: options.org,
      name: "operator of the Bridge",
      role: "admin",
    });
    const link = toSignInLink(server.url, token);
    if (options.json) io.print(JSON.stringify({ url, key, link }));
    else {
      io.print(`The Bridge is ready at ${url}
Console: ${link}
  signs you in as administrator, once and within 10 minutes; later: ${server.url}/o/${options.org}`);
      if (key === null) io.print(describeKeys(database.kind));
      else
        io.print(`Admin key (shown only once): ${key}\n\n  export BRIDGE_URL=${url}\n  export BRIDGE_API_KEY=${key}\n`);
      io.print("Stop it with Ctrl-C; continue in another terminal.");
    }
    const stopped = signal.aborted ? Promise.resolve(undefined) : once(signal, "abort").then(() => undefined);
    const failure = await Promise.race([stopped, bridge.failed]);
    await server.close();
    if (failure) throw failure;
  } finally {
    await bridge.close();
  }
  return 0;
}

function describeStart(database: BridgeOptions["database"]): string {
  if (database.kind === "postgres") return "Opening the database of DATABASE_URL ...";
  const isNew = database.dataDir === undefined || !existsSync(join(database.dataDir, "PG_VERSION"));
  return isNew
    ? `Creating a database in ${database.dataDir}, which takes about ten seconds ...`
    : `Opening the database in ${database.dataDir} ...`;
}

function describeKeys(kind: "pglite" | "postgres"): string {
  const when = kind === "pglite" ? " while the Bridge is stopped" : "";
  return `Existing keys are not shown again; \`bridgekit keys create\` creates another one${when}.`;
}

type Bridge = Awaited<ReturnType<typeof import("@bridgekit/server").createBridge>>;

/** Creates the organisation and an admin key; returns null if the organisation exists. */
async function firstKey(bridge: Bridge, org: string): Promise<string | null> {
  const orgs = await bridge.listOrgs();
  if (orgs.some(({ slug }) => slug === org)) return null;
  await bridge.createOrg(org);
  return (await bridge.createKey({ org, name: "first admin key", role: "admin" })).key;
}
