interface Lease {
  /** By `performance.now`, which does not jump when the clock is set. */
  endsAt: number;
  readonly lost: AbortController;
  timer: NodeJS.Timeout | undefined;
}

/** Share of a lease that is left when it ends here, so that a handler has stopped before another runner may begin. */
export const LEASE_RESERVE = 1 / 6;

/**
 * The tasks that the Bridge leases to this runner. A lease counts from when its claim or renewal was sent, so it ends here
 * before it ends on the Bridge, even if no renewal gets through.
 */
export class Leases {
  readonly #leases = new Map<string, Lease>();

  /** Starts or renews leases by a claim that was sent at `sentAt`. */
  grant(taskIds: readonly string[], sentAt: number, seconds: number): void {
    for (const id of taskIds) {
      const lease = this.#open(id);
      if (lease.lost.signal.aborted) this.#leases.set(id, { ...lease, lost: new AbortController() });
      this.#endAt(id, sentAt + seconds * 1000 * (1 - LEASE_RESERVE));
    }
  }

  /** Ends a lease: the Bridge does not lease the task to this runner. */
  lose(taskId: string): void {
    if (this.#leases.has(taskId)) this.#endAt(taskId, -Infinity);
  }

  /** Removes a task that this runner is done with. */
  forget(taskId: string): void {
    clearTimeout(this.#leases.get(taskId)?.timer);
    this.#leases.delete(taskId);
  }

  /** Whether no other runner can have the task. True for a task that was never leased: the Bridge offers no claims. */
  isHeld(taskId: string): boolean {
    const lease = this.#leases.get(taskId);
    return lease === undefined || performance.now() < lease.endsAt;
  }

  /** Returns a signal that aborts when the lease ends. A later lease of the task has another signal. */
  signalOf(taskId: string): AbortSignal | undefined {
    return this.#leases.get(taskId)?.lost.signal;
  }

  #open(taskId: string): Lease {
    const lease = this.#leases.get(taskId) ?? { endsAt: -Infinity, lost: new AbortController(), timer: undefined };
    this.#leases.set(taskId, lease);
    return lease;
  }

  #endAt(taskId: string, endsAt: number): void {
    const lease = this.#open(taskId);
    lease.endsAt = endsAt;
    clearTimeout(lease.timer);
    const left = endsAt - performance.now();
    if (left <= 0) lease.lost.abort(new Error("the lease of the task has ended"));
    else lease.timer = setTimeout(() => this.#endAt(taskId, endsAt), left).unref();
  }
}
