import type { AppStatus } from "./app-status.ts";

export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

interface Gauge {
  name: string;
  help: string;
  /** Absent where there is nothing to say of an app. */
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
    help: "1 while that has the same reason again and again.",
    valueOf: ({ incomplete }) => Number(incomplete?.isRecurring === true),
  },
  {
    name: "bridgekit_app_incomplete_since_timestamp_seconds",
    help: "When the first of the partial syncs began.",
    valueOf: ({ incomplete }) => incomplete && Date.parse(incomplete.since) / 1000,
  },
  {
    name: "bridgekit_app_last_sync_timestamp_seconds",
    help: "When the last sync ended, however it did.",
    valueOf: ({ lastSync }) => lastSync && lastSync.endedAt.getTime() / 1000,
  },
];

/** The text format of Prometheus. A label names the app by its key in the config, which needs no escapes. */
export function renderMetrics(statuses: readonly AppStatus[]): string {
  return GAUGES.map(({ name, help, valueOf }) => {
    const samples = statuses.flatMap((status) => {
      const value = valueOf(status);
      return value === undefined ? [] : [`${name}{app="${status.key}"} ${value}`];
    });
    return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...samples, ""].join("\n");
  }).join("");
}
