import type { AppStatus } from "./app-status.ts";

export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

interface Gauge {
  name: string;
  help: string;
  /** Returns undefined if the app has no value. */
  valueOf: (status: AppStatus) => number | undefined;
}

const GAUGES: readonly Gauge[] = [
  {
    name: "bridgekit_app_failing",
    help: "1 while the app can't be opened or its last sync failed.",
    valueOf: ({ isFailing }) => Number(isFailing),
  },
  {
    name: "bridgekit_app_incomplete",
    help: "1 while the app is not read completely, so that nobody is removed.",
    valueOf: ({ incomplete }) => Number(incomplete !== undefined),
  },
  {
    name: "bridgekit_app_incomplete_recurring",
    help: "1 while the app is incomplete for the same reason again and again.",
    valueOf: ({ incomplete }) => Number(incomplete?.isRecurring === true),
  },
  {
    name: "bridgekit_app_incomplete_since_timestamp_seconds",
    help: "When the first of the consecutive partial syncs started.",
    valueOf: ({ incomplete }) => incomplete && Date.parse(incomplete.since) / 1000,
  },
  {
    name: "bridgekit_app_last_sync_timestamp_seconds",
    help: "When the last sync ended, successfully or not.",
    valueOf: ({ lastSync }) => lastSync && lastSync.endedAt.getTime() / 1000,
  },
];

/** Renders the Prometheus text format. The `app` label is the key in the config, which needs no escaping. */
export function renderMetrics(statuses: readonly AppStatus[]): string {
  return GAUGES.map(({ name, help, valueOf }) => {
    const samples = statuses.flatMap((status) => {
      const value = valueOf(status);
      return value === undefined ? [] : [`${name}{app="${status.key}"} ${value}`];
    });
    return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...samples, ""].join("\n");
  }).join("");
}
