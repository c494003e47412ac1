interface Lease {
  /** By `performance.now`, which nobody sets. */
  endsAt: number;
  readonly lost: AbortController;
  timer: NodeJS.Timeout | undefined;
}

/** Share of a lease that is left when it ends here: a handler is stopped, and has let go before another runner may begin. */
export const LEASE_RESERVE = 1 / 6;

/**
 * Until when the Bridge keeps tasks for this runner. A lease counts from when its claim or renewal was sent, so it ends
 * here before it ends on the Bridge, also where no renewal comes through.
 */
export class Leases {
  readonly #leases = new Map<string, Lease>();

  /** The Bridge leases these tasks, for so many seconds from when the call was sent. */
  grant(taskIds: readonly string[], sentAt: number, seconds: number): void {
    for (const id of taskIds) {
      const lease = this.#open(id);
      if (lease.lost.signal.aborted) this.#leases.set(id, { ...lease, lost: new AbortController() });
      this.#endAt(id, sentAt + seconds * 1000 * (1 - LEASE_RESERVE));
    }
  }

  /** The Bridge does not keep the task for this runner. */
  lose(taskId: string): void {
    if (this.#leases.has(taskId)) this.#endAt(taskId, -Infinity);
  }

  /** The task is nothing to this runner any more. */
  forget(taskId: string): void {
    clearTimeout(this.#leases.get(taskId)?.timer);
    this.#leases.delete(taskId);
  }

  /** Whether another runner can't have it. A task that was never leased is anybody's: the Bridge knows no claims. */
  isHeld(taskId: string): boolean {
    const lease = this.#leases.get(taskId);
    return lease === undefined || performance.now() < lease.endsAt;
  }

  /** Aborts when the lease ends; a later lease of the task has another signal. */
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
