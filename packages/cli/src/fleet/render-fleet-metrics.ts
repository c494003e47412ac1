import type { FleetSummary } from "@bridgekit/fleet";

/** What the whole fleet is doing, in the Prometheus text format; every worker shows the same. */
export function renderFleetMetrics({ apps, workers, lagSeconds, failing, running, capacity }: FleetSummary): string {
  const gauge = (name: string, help: string, samples: readonly string[]) =>
    [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...samples.map((sample) => `${name}${sample}`), ""].join("\n");
  const byState = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([state, count]) => `{state="${state}"} ${count}`);
  return [
    gauge("bridgekit_fleet_apps", "Apps of the fleet by what they are doing.", byState(apps)),
    gauge("bridgekit_fleet_workers", "Workers of the fleet.", byState(workers)),
    gauge("bridgekit_fleet_lag_seconds", "How long the longest waiting app has been due.", [` ${lagSeconds}`]),
    gauge("bridgekit_fleet_failing_apps", "Apps whose last sync did not end well.", [` ${failing}`]),
    gauge("bridgekit_fleet_running", "Runs in progress.", [` ${running}`]),
    gauge("bridgekit_fleet_capacity", "Runs that the working workers may have at a time.", [` ${capacity}`]),
  ].join("");
}
