import type { AppSync, AppSyncFilter, RecordKey, RunFault, SyncProgress, SyncSession } from "@bridgekit/client";
import type { CommandIo } from "../command-io.ts";
import { findAppId } from "../apps/find-app-id.ts";
import { printFields, printRows, toMoment, type Column, withApp } from "../output/print-rows.ts";
import { UsageError } from "../usage-error.ts";
import { toTime } from "./to-time.ts";
import { openBridge, type BridgeCommandOptions, type ChangeOptions } from "./open-bridge.ts";

interface ListOptions extends BridgeCommandOptions {
  status?: NonNullable<AppSyncFilter["status"]>;
  since?: string;
  until?: string;
  limit?: number;
}

const COLUMNS: readonly Column<SyncSession>[] = [
  { title: "sync id", of: ({ sync_id }) => sync_id },
  { title: "started (UTC)", of: ({ started_at }) => toMoment(started_at) },
  { title: "status", of: describeStatus },
  { title: "result", of: ({ progress }) => progress.map(describeProgress).join(", "), shrinks: true },
];

/** `bridgekit sessions list`: the sync sessions of an app, or of all apps, newest first. */
export async function listSessions(app: string | undefined, options: ListOptions, io: CommandIo): Promise<void> {
  const bridge = await openBridge(options, io);
  const appId = app === undefined ? undefined : await findAppId(bridge, app);
  const { status } = options;
  const [since, until] = [toTime("--since", options.since), toTime("--until", options.until)];
  const found = bridge.findSyncs({
    ...(appId !== undefined && { appId }),
    ...(status !== undefined && { status }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
  });
  // A key of a connector may list the sessions of its apps, but not look for some.
  const isFiltered = [status, since, until].some((value) => value !== undefined);
  if (appId !== undefined)
    return printRows(isFiltered ? sessionsOf(found) : bridge.listSyncs(appId), COLUMNS, options, io);
  await printRows(
    found,
    withApp(COLUMNS, ({ session }: AppSync) => session),
    options,
    io,
  );
}

async function* sessionsOf(found: AsyncIterable<AppSync>): AsyncGenerator<SyncSession> {
  for await (const { session } of found) yield session;
}

/** `bridgekit sessions show`: one sync session. Returns 3 while it is held. */
export async function showSession(app: string, syncId: string, options: BridgeCommandOptions, io: CommandIo) {
  const bridge = await openBridge(options, io);
  const session = await bridge.getSync(await findAppId(bridge, app), syncId);
  printSession(session, options, io);
  return isHeld(session) ? 3 : 0;
}

/** `bridgekit sessions confirm`: applies a held session with its removals. */
export async function confirmSession(
  app: string,
  syncId: string,
  options: ChangeOptions & { keep?: string[] },
  io: CommandIo,
) {
  const keep = options.keep?.map(toRecordKey);
  const bridge = await openBridge(options, io);
  const session = await bridge.confirmSync(await findAppId(bridge, app), syncId, keep && { keep });
  printSession(session, options, io);
}

function toRecordKey(text: string): RecordKey {
  const colon = text.indexOf(":");
  if (colon < 1 || colon === text.length - 1)
    throw new UsageError(`--keep takes a type and an id, such as account:u1, not "${text}".`);
  return { slug: text.slice(0, colon), id: text.slice(colon + 1) };
}

/** `bridgekit sessions discard`: drops a held session; nothing of it is applied. */
export async function discardSession(app: string, syncId: string, options: ChangeOptions, io: CommandIo) {
  const bridge = await openBridge(options, io);
  const appId = await findAppId(bridge, app);
  await bridge.discardSync(appId, syncId);
  printSession(await bridge.getSync(appId, syncId), options, io);
}

export function isHeld({ status, error, discarded_by, confirmed_by }: SyncSession): boolean {
  // A discarded session keeps its error, which says what would have happened.
  return status === "error" && error?.error_code === "REMOVALS_HELD" && !discarded_by && !confirmed_by;
}

export function describeStatus(session: SyncSession): string {
  if (isHeld(session)) return "held";
  return session.discarded_by ? "discarded" : session.status;
}

function printSession(session: SyncSession, options: BridgeCommandOptions, io: CommandIo): void {
  const { sync_id, started_at, ended_at, reconciled_at, error, progress, started_by, confirmed_by, discarded_by } =
    session;
  const fields = [
    ["sync id", sync_id],
    ["status", describeStatus(session)],
    ["started", toMoment(started_at)],
    ["ended", toMoment(ended_at)],
    ["applied", toMoment(reconciled_at)],
    ["started by key", started_by],
    ["confirmed by key", confirmed_by],
    ["discarded by key", discarded_by],
    ["error", error && `${error.error_code}: ${error.message}`],
    ...progress.map((type) => [type.slug, describeProgress(type)] as const),
    ...describeReceipt(session.receipt),
  ] as const;
  printFields(session, fields, options, io);
}

/** The fields of the run's receipt, if it left one. */
function describeReceipt(receipt: SyncSession["receipt"]): (readonly [string, string | undefined])[] {
  if (!receipt) return [];
  const { usage, missing, unknown_refs = [], bad_records = [], bad_fields = [], error, versions } = receipt;
  const { calls, retries, rate_limited, wait_seconds } = usage;
  const invalid = [...bad_records, ...bad_fields].map(describeFault);
  return [
    ["run", [receipt.status, ...Object.values(versions)].join(", ")],
    ["calls", `${calls} (${retries} retries, ${rate_limited} rate-limited, ${wait_seconds} s waited)`],
    ["missing", missing.join("; ") || undefined],
    ["unknown refs", unknown_refs.join("; ") || undefined],
    ["invalid", invalid.join("; ") || undefined],
    ["failed", error && `${error.code}: ${error.message}`],
  ];
}

/** `4 account: email must be a string (u1, u2, u3, ...)` */
function describeFault({ slug, field, reason, count, ids = [] }: RunFault): string {
  const named = count > ids.length ? [...ids, "..."] : ids;
  const which = ids.length > 0 ? ` (${named.join(", ")})` : "";
  return `${count} ${slug}: ${[field, reason].filter(Boolean).join(" ")}${which}`;
}

/** `120 account (3 created, 1 removed)`, `12 team (4 refs lost)` */
function describeProgress({ slug, synced_count, created, updated, removed, ...refs }: SyncProgress): string {
  const all = { created, updated, removed, "refs gained": refs.refs_gained, "refs lost": refs.refs_lost };
  const counts = Object.entries(all).filter(([, count]) => (count ?? 0) > 0);
  const detail = counts.map(([what, count]) => `${count} ${what}`).join(", ");
  return `${synced_count} ${slug}${detail && ` (${detail})`}`;
}
