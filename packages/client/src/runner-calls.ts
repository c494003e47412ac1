import type { Caller, CallOptions } from "./caller.ts";
import type * as models from "./models.ts";

export interface ReportOptions extends CallOptions {
  /** Ids of orders that need not come again. */
  carriedOut?: string[];
  /** The fleet that reports, with its workers if something of them has changed. */
  fleet?: models.FleetReport;
}

/** The calls about what runs apps, and about what people order of it. */
export function createRunnerCalls({ api, unwrap }: Caller) {
  return {
    /**
     * Reports where apps run and when next, at most 1,000 at a time; only if the Bridge announces `runners`. Returns what is
     * ordered of apps that take orders; it comes again until a call names it in `carriedOut`.
     */
    reportRunners: async (
      apps: models.AppRunnerReport[],
      { signal, carriedOut = [], fleet }: ReportOptions = {},
    ): Promise<models.RunnerOrderList> => {
      const body = { apps, ...(carriedOut.length > 0 && { carried_out: carriedOut }), ...(fleet && { fleet }) };
      return unwrap(api.POST("/api/v1/bridge/runners/", { body, signal }));
    },

    /** Has the runners of apps pause, resume or run them now; returns the apps whose runners take orders. */
    orderRunners: async (
      order: models.RunnerOrder["order"],
      appIds: string[],
      { signal }: CallOptions = {},
    ): Promise<string[]> => {
      const body = { order, app_ids: appIds };
      return (await unwrap(api.POST("/api/v1/bridge/runners/orders/", { body, signal }))).app_ids;
    },

    /** The workers of fleets, by name. */
    listWorkers: async ({ signal }: CallOptions = {}): Promise<models.Worker[]> =>
      (await unwrap(api.GET("/api/v1/bridge/runners/workers/", { signal }))).workers,

    /** Has workers end what they run, and exit; returns those that take orders. */
    orderWorkers: async (
      order: models.WorkerOrder["order"],
      workers: string[],
      { signal }: CallOptions = {},
    ): Promise<string[]> =>
      (await unwrap(api.POST("/api/v1/bridge/runners/workers/orders/", { body: { order, workers }, signal }))).workers,
  };
}
