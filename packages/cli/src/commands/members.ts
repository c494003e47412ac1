import type { BridgeClient, Kind, LiveRecord, Member, RecordKey, SeatPoint } from "@bridgekit/client";
import type { CommandIo } from "../command-io.ts";
import { findAppId } from "../apps/find-app-id.ts";
import { printRows, toMoment, type Column } from "../output/print-rows.ts";
import { UsageError } from "../usage-error.ts";
import { openBridge, type BridgeCommandOptions } from "./open-bridge.ts";
import { type ListOptions, RECORD_COLUMNS, toFilter } from "./records.ts";
import { toTime } from "./to-time.ts";

const MEMBER_COLUMNS: readonly Column<Member>[] = [
  ...RECORD_COLUMNS.map(({ of, ...column }) => ({ ...column, of: ({ record }: Member) => of(record) })),
  { title: "member now", of: ({ is_member_now }) => (is_member_now ? "yes" : "no") },
];

const SEAT_COLUMNS: readonly Column<SeatPoint>[] = [
  { title: "since (UTC)", of: ({ at }) => toMoment(at) ?? "before what is kept" },
  { title: "seats", of: ({ seats, is_unlimited }) => (is_unlimited ? "unlimited" : seats) },
  { title: "used", of: ({ used }) => used },
  { title: "removed", of: ({ is_removed }) => (is_removed ? "yes" : undefined) },
  { title: "sync id", of: ({ sync_id }) => sync_id },
];

/** `bridgekit records members`: the accounts in a group or with a license, now or at a time. */
export async function listMembers(
  app: string,
  slug: string,
  id: string,
  options: ListOptions & { at?: string },
  io: CommandIo,
): Promise<void> {
  const at = toTime("--at", options.at);
  if (at !== undefined && (options.status !== undefined || options.text !== undefined))
    throw new UsageError("--at lists all members of that time; leave out --status and --text.");
  const bridge = await openBridge(options, io);
  const appId = await findAppId(bridge, app);
  const key = { slug, id };
  const kind = await kindOf(bridge, appId, slug);
  // Throws if the record does not exist; listing its members would only return none.
  await bridge.getRecord(appId, slug, id);
  if (at === undefined) return printRows(members(bridge, appId, { key, kind, options }), RECORD_COLUMNS, options, io);
  await printRows(bridge.listMembers(appId, key, { at }), MEMBER_COLUMNS, options, io);
}

/** `bridgekit records seats`: the seats of a license over time. */
export async function listSeats(
  app: string,
  slug: string,
  id: string,
  options: BridgeCommandOptions & { limit?: number },
  io: CommandIo,
): Promise<void> {
  const bridge = await openBridge(options, io);
  await printRows(bridge.listSeats(await findAppId(bridge, app), { slug, id }), SEAT_COLUMNS, options, io);
}

async function kindOf(bridge: BridgeClient, appId: string, slug: string): Promise<Kind> {
  const types = await bridge.listResourceTypes(appId);
  const kind = types.find((type) => type.slug === slug)?.type;
  if (kind !== undefined && kind !== "account") return kind;
  const slugs = types.filter(({ type }) => type !== "account").map((type) => type.slug);
  throw new UsageError(`The app has no group or license type "${slug}"; it has ${slugs.join(", ") || "none"}.`);
}

async function* members(
  bridge: BridgeClient,
  appId: string,
  { key, kind, options }: { key: RecordKey; kind: Kind; options: ListOptions },
): AsyncGenerator<LiveRecord> {
  const filter = { ...toFilter(options), ...(kind === "group" ? { memberOf: key } : { assigned: key }) };
  for (const { slug, type } of await bridge.listResourceTypes(appId))
    if (type === "account") yield* bridge.listRecords(appId, slug, filter);
}
