import type { LiveRecord, RecordData, RecordFilter, RecordStatus, RefMap } from "@bridgekit/client";
import type { CommandIo } from "../command-io.ts";
import { findAppId } from "../apps/find-app-id.ts";
import { printFields, printRows, toMoment, type Cell, type Column } from "../output/print-rows.ts";
import { openBridge, type BridgeCommandOptions } from "./open-bridge.ts";

export interface ListOptions extends BridgeCommandOptions {
  limit?: number;
  status?: RecordStatus;
  text?: string;
}

export const RECORD_COLUMNS: readonly Column<LiveRecord>[] = [
  { title: "id", of: ({ data }) => data.id },
  { title: "name", of: ({ data }) => nameOf(data), shrinks: true },
  { title: "email or username", of: ({ data }) => data.email ?? data.username, shrinks: true },
  { title: "status", of: ({ status }) => status },
  { title: "removed (UTC)", of: ({ removed_at }) => toMoment(removed_at) },
];

/** `bridgekit records list`: the records of a resource type, by id. */
export async function listRecords(app: string, slug: string, options: ListOptions, io: CommandIo): Promise<void> {
  const bridge = await openBridge(options, io);
  const records = bridge.listRecords(await findAppId(bridge, app), slug, toFilter(options));
  await printRows(records, RECORD_COLUMNS, options, io);
}

/** `bridgekit records show`: everything the Bridge knows about a record. */
export async function showRecord(
  app: string,
  slug: string,
  id: string,
  options: BridgeCommandOptions,
  io: CommandIo,
): Promise<void> {
  const bridge = await openBridge(options, io);
  const record = await bridge.getRecord(await findAppId(bridge, app), slug, id);
  const { data, status, removed_at: removedAt, stub } = record;
  const fields = [
    ...Object.entries(data).flatMap(([name, value]) => toFields(name, value)),
    ["Bridge: status", status] as const,
    ["Bridge: removed (UTC)", toMoment(removedAt)] as const,
    ["Bridge: stub", stub ? "known only from refs" : undefined] as const,
  ];
  printFields(record, fields, options, io);
}

export function toFilter({ status, text }: ListOptions): RecordFilter {
  return { ...(status !== undefined && { status }), ...(text !== undefined && { text }) };
}

function nameOf({ name, display_name, first_name, last_name }: RecordData): string | undefined {
  const full = [first_name, last_name].filter(Boolean).join(" ");
  return name ?? display_name ?? (full || undefined);
}

/** Puts refs on one line per slug, everything else as it is. */
function toFields(name: string, value: unknown): (readonly [string, Cell])[] {
  if ((name === "memberships" || name === "assignments") && isRefMap(value))
    return Object.entries(value).map(([slug, refs]) => [
      `${name} ${slug}`,
      refs.map(({ id, name }) => (name === undefined ? id : `${id} (${name})`)).join(", "),
    ]);
  return [[name, typeof value === "object" && value !== null ? JSON.stringify(value) : (value as Cell)]];
}

/** In a group or license, the field may hold anything. */
function isRefMap(value: unknown): value is RefMap {
  if (typeof value !== "object" || value === null) return false;
  const lists: unknown[] = Object.values(value);
  return lists.every(
    (refs) => Array.isArray(refs) && refs.every((ref: unknown) => typeof ref === "object" && ref !== null),
  );
}
