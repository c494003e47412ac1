import type { Change, ChangeFilter, ChangeSort, RecentChange } from "@bridgekit/client";
import type { CommandIo } from "../command-io.ts";
import { findAppId } from "../apps/find-app-id.ts";
import { printRows, toMoment, type Column } from "../output/print-rows.ts";
import { openBridge, type BridgeCommandOptions } from "./open-bridge.ts";
import { toTime } from "./to-time.ts";

export interface ChangeOptions extends BridgeCommandOptions {
  change?: ChangeSort;
  /** Slug of a resource type. */
  type?: string;
  text?: string;
  limit?: number;
}

interface RecentChangeOptions extends ChangeOptions {
  /** Id or name of an app. */
  app?: string;
  since?: string;
  until?: string;
}

const COLUMNS: readonly Column<Change>[] = [
  { title: "change", of: ({ change }) => change },
  { title: "type", of: ({ slug }) => slug },
  { title: "id", of: ({ id }) => id },
  { title: "name", of: ({ before, after }) => nameOf(after ?? before), shrinks: true },
  { title: "fields", of: ({ before, after }) => changedFields(before, after).join(", "), shrinks: true },
];

/** `bridgekit sessions changes`: what the session changed, or would change while it is held. */
export async function listChanges(app: string, syncId: string, options: ChangeOptions, io: CommandIo): Promise<void> {
  const bridge = await openBridge(options, io);
  await printRows(bridge.listChanges(await findAppId(bridge, app), syncId, toFilter(options)), COLUMNS, options, io);
}

/** `bridgekit changes`: what the sessions of all apps changed, the newest session first. */
export async function listRecentChanges(options: RecentChangeOptions, io: CommandIo): Promise<void> {
  const bridge = await openBridge(options, io);
  const { app } = options;
  const [since, until] = [toTime("--since", options.since), toTime("--until", options.until)];
  const changes = bridge.listRecentChanges({
    ...toFilter(options),
    ...(app !== undefined && { appId: await findAppId(bridge, app) }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
  });
  const columns: readonly Column<RecentChange>[] = [
    { title: "time (UTC)", of: ({ at }) => toMoment(at) },
    { title: "app", of: ({ app_name }) => app_name, shrinks: true },
    ...COLUMNS,
  ];
  await printRows(changes, columns, options, io);
}

function toFilter({ change, type, text }: ChangeOptions): ChangeFilter {
  return {
    ...(change !== undefined && { change }),
    ...(type !== undefined && { slug: type }),
    ...(text !== undefined && { text }),
  };
}

function nameOf(record: Change["after"]): string | undefined {
  const { name, display_name, email, username } = record?.data ?? {};
  return name ?? display_name ?? email ?? username;
}

/** Names of the fields that differ; none for a created or removed record, where all do. */
function changedFields(before: Change["before"], after: Change["after"]): string[] {
  if (!before || !after) return [];
  const [old, now] = [toFields(before), toFields(after)];
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...names].filter((name) => JSON.stringify(old[name]) !== JSON.stringify(now[name])).sort();
}

/** The pushed fields of a record and those that the Bridge adds. */
function toFields({ data, status, removed_at }: NonNullable<Change["after"]>): Record<string, unknown> {
  return { ...data, status, removed_at };
}
