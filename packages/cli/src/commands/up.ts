import type { BridgeOptions } from "@bridgekit/server";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { pino } from "pino";
import type { CommandIo } from "../command-io.ts";
import { goOnWithoutOutput } from "../output/lost-output.ts";
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
  /** Prints neither a key nor a sign-in link: what a service prints is kept. */
  unattended?: boolean;
  json?: boolean;
}

/** `bridgekit up`: runs a Bridge until stopped. The first start creates the organisation and an admin key. */
export async function up(options: UpOptions, io: CommandIo): Promise<number> {
  // By default both parts of V8's heap grow with the work done, not with the live objects. Growing less than to their
  // double, the old one would be collected for most pages of a list.
  setFlagsFromString("--heap-growing-percent=100");
  setFlagsFromString("--semi-space-growth-factor=1");
  const database = databaseOf(options, io.env);
  if (!options.json) io.print(describeStart(database));
  const signIn = readSignIn(io.env, options.org);
  const { createBridge, serve } = await import("@bridgekit/server");
  const { openLog } = await import("@bridgekit/server/log");
  const signal = io.stopSignal();
  goOnWithoutOutput();
  const logger = pino({ level: options.logLevel }, openLog(2));
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
    const url = `${server.url}/org/${options.org}`;
    if (options.unattended) {
      await ensureOrg(bridge, options.org);
      io.print(options.json ? JSON.stringify({ url }) : `The Bridge is ready at ${url}.`);
    } else await printAccess(bridge, { url, server: server.url, database, options, io });
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

/** Called after `serve`: if the port were taken, a new key would never be shown. */
async function printAccess(bridge: Bridge, { url, server, database, options, io }: AccessOptions): Promise<void> {
  const key = await firstKey(bridge, options.org);
  const { token } = await bridge.createSignInLink({ org: options.org, name: "operator of the Bridge", role: "admin" });
  const link = toSignInLink(server, token);
  if (options.json) return io.print(JSON.stringify({ url, key, link }));
  io.print(`The Bridge is ready at ${url}
Console: ${link}
  signs you in as administrator, once and within 10 minutes; later: ${server}/o/${options.org}`);
  if (key === null) io.print(describeKeys(database.kind));
  else io.print(`Admin key (shown only once): ${key}\n\n  export BRIDGE_URL=${url}\n  export BRIDGE_API_KEY=${key}\n`);
  io.print("Stop it with Ctrl-C; continue in another terminal.");
}

interface AccessOptions {
  /** Of the organisation. */
  url: string;
  /** Address of the server. */
  server: string;
  database: BridgeOptions["database"];
  options: UpOptions;
  io: CommandIo;
}

type Bridge = Awaited<ReturnType<typeof import("@bridgekit/server").createBridge>>;

/** Creates the organisation and an admin key; returns null if the organisation exists. */
async function firstKey(bridge: Bridge, org: string): Promise<string | null> {
  if (!(await ensureOrg(bridge, org))) return null;
  return (await bridge.createKey({ org, name: "first admin key", role: "admin" })).key;
}

/** Creates the organisation if it does not exist; returns whether it did. */
async function ensureOrg(bridge: Bridge, org: string): Promise<boolean> {
  const exists = async () => (await bridge.listOrgs()).some(({ slug }) => slug === org);
  if (await exists()) return false;
  try {
    await bridge.createOrg(org);
    return true;
  } catch (error) {
    // Another server that starts on the same database may have been faster.
    if (await exists()) return false;
    throw error;
  }
}
