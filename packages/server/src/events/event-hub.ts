import type { components } from "@bridgekit/client";

/** What happened, and where. */
export interface Notice {
  orgId: string;
  /** Absent if it concerns the whole organisation. */
  appId?: string;
  /** `org.deleted` is not an event: nobody is left to read it. */
  type: components["schemas"]["EventType"] | "org.deleted";
}

/** Called with what happened; without a notice something may have happened. */
export type Listener = (notice?: Notice) => void;

/** The listeners of this process, by organisation. */
export class EventHub {
  readonly #listeners = new Map<string, Set<Listener>>();

  /** The number of listeners. */
  get size(): number {
    return [...this.#listeners.values()].reduce((sum, listeners) => sum + listeners.size, 0);
  }

  orgIds(): string[] {
    return [...this.#listeners.keys()];
  }

  /** Returns a function that ends the subscription. */
  add(orgId: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(orgId) ?? new Set();
    this.#listeners.set(orgId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(orgId) === listeners) this.#listeners.delete(orgId);
    };
  }

  notify(orgId: string, notice?: Notice): void {
    for (const listener of this.#listeners.get(orgId) ?? []) listener(notice);
  }

  notifyAll(): void {
    for (const orgId of this.orgIds()) this.notify(orgId);
  }
}
