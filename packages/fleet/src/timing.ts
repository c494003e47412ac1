/** Time limits of a fleet, in seconds. All workers of a fleet must have the same; tests have shorter ones. */
export interface FleetTiming {
  /** Between two heartbeats of a worker. */
  heartbeat: number;
  /** A worker that could not write its heartbeat for so long aborts its runs. */
  abortAfter: number;
  /** A run without a heartbeat for so long is dead. Longer than `abortAfter`, by the time that aborting takes. */
  deadAfter: number;
  /** Between two looks for due apps. */
  tick: number;
  /** Between two looks for jobs. */
  poll: number;
  /** Between two looks at all open tasks of an organisation, beside its events. */
  sweep: number;
}

export const DEFAULT_TIMING: FleetTiming = { heartbeat: 5, abortAfter: 20, deadAfter: 30, tick: 1, poll: 1, sweep: 60 };
