import type { AppChoice, AppState, AppStatus, Fleet, WorkerStatus } from "@bridgekit/fleet";
import type { CommandIo } from "../command-io.ts";
import { printRows, toMoment, type Column } from "../output/print-rows.ts";
import { hintAt } from "../hint-at.ts";
import { UsageError } from "../usage-error.ts";
import { openFleetDatabase } from "./open-fleet-database.ts";

interface FleetOptions {
  org?: string;
  json?: boolean;
}

type WorkerChangeOptions = Pick<FleetOptions, "json">;

interface StatusOptions extends FleetOptions {
  state?: AppState;
  failing?: boolean;
  limit?: number;
}

const WORKERS: readonly Column<WorkerStatus>[] = [
  { title: "worker", of: ({ id }) => id },
  { title: "state", of: ({ state }) => state },
  { title: "running", of: ({ running, capacity }) => `${running} of ${capacity}` },
  { title: "zones", of: ({ zones }) => zones.join(", "), shrinks: true },
  { title: "since (UTC)", of: ({ startedAt }) => toMoment(startedAt) },
];

const APPS: readonly Column<AppStatus>[] = [
  { title: "app", of: ({ key }) => key, shrinks: true },
  { title: "organisation", of: ({ org }) => org.slice(org.lastIndexOf("/") + 1), shrinks: true },
  { title: "state", of: ({ state }) => state },
  { title: "zone", of: ({ zone }) => zone },
  { title: "next (UTC)", of: ({ nextRunAt }) => toMoment(nextRunAt) },
  { title: "lag", of: ({ lagSeconds }) => (lagSeconds > 0 ? `${Math.round(lagSeconds)} s` : undefined) },
  { title: "last sync (UTC)", of: ({ lastSyncAt }) => toMoment(lastSyncAt) ?? "never" },
  { title: "result", of: ({ note, lastSyncEnd }) => note ?? lastSyncEnd, shrinks: true },
];

/** `bridgekit fleet status`: workers and apps. Returns 3 if one waits for a person: parked, or deleted on the Bridge. */
export async function fleetStatus(keys: readonly string[], options: StatusOptions, io: CommandIo): Promise<number> {
  await using database = await openFleetDatabase(io);
  const { fleet } = database;
  const summary = await fleet.summary();
  const workers = await fleet.workers();
  const { parked, deleted } = summary.apps;
  const filter = { ...toChoice(keys, options), state: options.state, isFailing: options.failing };
  await checkKeys(database.fleet, keys, options);
  const code = parked + deleted > 0 ? 3 : 0;
  if (options.json) {
    io.print(JSON.stringify({ summary }));
    for (const worker of workers) io.print(JSON.stringify({ worker }));
    for await (const app of takeFirst(fleet.apps(filter), options.limit)) io.print(JSON.stringify({ app }));
    return code;
  }
  const states = Object.entries(summary.apps).filter(([, count]) => count > 0);
  io.print(
    `${states.map(([state, count]) => `${count} ${state}`).join(", ") || "no apps"}; ${summary.failing} failing`,
  );
  io.print(`lag ${Math.round(summary.lagSeconds)} s; ${summary.running} of ${summary.capacity} places in use\n`);
  if (workers.length > 0) await printRows(workers, WORKERS, { limit: Infinity }, io);
  else io.print("No worker is running; start one with `bridgekit worker`.");
  io.print("");
  await printRows(fleet.apps(filter), APPS, { limit: options.limit }, io);
  if (parked > 0)
    io.print(
      "\nParked apps crashed their worker three times in a row; try them again with `bridgekit fleet resume KEY`.",
    );
  if (deleted > 0)
    io.print(
      "\nDeleted apps are no longer on the Bridge; create them again with `bridgekit fleet resume KEY`, or remove them from " +
        "bridge.config.ts.",
    );
  return code;
}

/** More are only counted. */
const MOST_LINES = 20;

type Change = "pause" | "resume" | "runNow" | "forget";

const DONE: Readonly<Record<Change, string>> = {
  pause: "paused",
  resume: "resumed",
  runNow: "next in turn",
  forget: "forgotten",
};

/** `bridgekit fleet pause|resume|run-now|forget`: changes apps by their keys. */
export async function changeApps(
  change: Change,
  keys: readonly string[],
  options: FleetOptions & { all?: boolean },
  io: CommandIo,
): Promise<number> {
  if (keys.length === 0 && !options.all)
    throw new UsageError(
      change === "forget"
        ? "Give the keys of apps."
        : "Give the keys of apps, or --all for every app (with --org, of one organisation).",
    );
  await using database = await openFleetDatabase(io);
  await checkKeys(database.fleet, keys, options);
  const changed = await database.fleet[change](toChoice(keys, options));
  const others = keys.filter((key) => !changed.includes(key));
  if (options.json) io.print(JSON.stringify({ changed, others }));
  else if (changed.length > MOST_LINES) io.print(`${changed.length} apps: ${DONE[change]}`);
  else for (const key of changed) io.print(`${key}: ${DONE[change]}`);
  if (!options.json) for (const key of others) io.warn(`${key}: ${whyNot(change, key)}`);
  return others.length > 0 ? 1 : 0;
}

function whyNot(change: Change, key: string): string {
  if (change === "forget")
    return "a worker has it in its config, or had it in the last ten minutes; nothing was changed";
  return `nothing was changed; \`bridgekit fleet status ${key}\` shows why`;
}

/** `bridgekit fleet drain`: asks a worker to end what it runs and to exit. */
export async function drainWorker(id: string, options: WorkerChangeOptions, io: CommandIo): Promise<number> {
  await using database = await openFleetDatabase(io);
  if (!(await database.fleet.drain(id))) throw await toNoWorker(database.fleet, id);
  if (options.json) io.print(JSON.stringify({ worker: id, state: "draining" }));
  else io.print(`${id}: draining; it exits once its runs have ended`);
  return 0;
}

/** `bridgekit fleet forget-worker`: no longer shows a worker that is gone. */
export async function forgetWorker(id: string, options: WorkerChangeOptions, io: CommandIo): Promise<number> {
  await using database = await openFleetDatabase(io);
  const state = await database.fleet.forgetWorker(id);
  if (state === "unknown") throw await toNoWorker(database.fleet, id);
  if (options.json) io.print(JSON.stringify({ worker: id, state }));
  else if (state === "alive") io.warn(`${id}: it is alive; \`bridgekit fleet drain ${id}\` ends it`);
  else io.print(`${id}: forgotten`);
  return state === "alive" ? 1 : 0;
}

async function toNoWorker(fleet: Fleet, id: string): Promise<UsageError> {
  const known = (await fleet.workers()).map((worker) => worker.id);
  return new UsageError(
    `The fleet has no worker "${id}"${hintAt([id], known) || ";"} \`bridgekit fleet status\` lists them.`,
  );
}

/** @throws UsageError that names the keys that no app has. */
async function checkKeys(fleet: Fleet, keys: readonly string[], options: FleetOptions): Promise<void> {
  if (keys.length === 0) return;
  const known = new Set<string>();
  for await (const { key } of fleet.apps(toChoice(keys, options))) known.add(key);
  const unknown = keys.filter((key) => !known.has(key));
  if (unknown.length === 0) return;
  const all: string[] = [];
  for await (const { key } of fleet.apps(toChoice([], options))) all.push(key);
  const names = unknown.map((key) => `"${key}"`).join(", ");
  throw new UsageError(
    `The fleet has no app ${names}${options.org === undefined ? "" : ` of ${options.org}`}${hintAt(unknown, all) || ";"} ` +
      `\`bridgekit fleet status\` lists its apps. A worker with the app in its config adds it.`,
  );
}

async function* takeFirst<T>(items: AsyncIterable<T>, count = Infinity): AsyncGenerator<T> {
  let taken = 0;
  for await (const item of items) {
    if (++taken > count) return;
    yield item;
  }
}

function toChoice(keys: readonly string[], { org }: FleetOptions): AppChoice {
  return { org: org?.replace(/\/+$/, ""), keys: keys.length > 0 ? keys : undefined };
}
