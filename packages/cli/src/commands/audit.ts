import type { AuditEntry } from "@bridgekit/client";
import type { CommandIo } from "../command-io.ts";
import { findAppId } from "../apps/find-app-id.ts";
import { printRows, toMoment, type Column } from "../output/print-rows.ts";
import { openBridge, type BridgeCommandOptions } from "./open-bridge.ts";
import { toTime } from "./to-time.ts";

interface AuditOptions extends BridgeCommandOptions {
  actor?: string;
  operation?: string;
  /** Id or name of an app. */
  app?: string;
  target?: string;
  text?: string;
  since?: string;
  until?: string;
  limit?: number;
}

const COLUMNS: readonly Column<AuditEntry>[] = [
  { title: "time (UTC)", of: ({ at }) => toMoment(at) },
  { title: "who", of: ({ key_name, key_id }) => key_name ?? key_id, shrinks: true },
  { title: "operation", of: ({ operation }) => operation },
  { title: "status", of: ({ status }) => status },
  { title: "path", of: ({ path }) => path, shrinks: true },
  {
    title: "reason",
    of: ({ details }) => (typeof details?.reason === "string" ? details.reason : undefined),
    shrinks: true,
  },
];

/** `bridgekit audit`: who changed what, newest first. */
export async function listAudit(options: AuditOptions, io: CommandIo): Promise<void> {
  const bridge = await openBridge(options, io);
  const { actor, operation, app, target, text } = options;
  const given = {
    actor,
    operation,
    target,
    text,
    appId: app === undefined ? undefined : await findAppId(bridge, app),
    since: toTime("--since", options.since),
    until: toTime("--until", options.until),
  };
  const filter = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  await printRows(bridge.listAudit(filter), COLUMNS, options, io);
}
