import type { components } from "@bridgekit/client";

/** That something happened, and where. */
export interface Notice {
  orgId: string;
  /** Absent where it concerns the organisation as a whole. */
  appId?: string;
  /** `org.deleted` is told without being an event: there is nobody left to read it. */
  type: components["schemas"]["EventType"] | "org.deleted";
}

/** Called with what happened; without a notice something may have happened. */
export type Listener = (notice?: Notice) => void;

/** Who in this process wants to hear of which organisation. */
export class EventHub {
  readonly #listeners = new Map<string, Set<Listener>>();

  /** How many listen. */
  get size(): number {
    return [...this.#listeners.values()].reduce((sum, listeners) => sum + listeners.size, 0);
  }

  orgIds(): string[] {
    return [...this.#listeners.keys()];
  }

  /** Answers how to stop it. */
  add(orgId: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(orgId) ?? new Set();
    this.#listeners.set(orgId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(orgId) === listeners) this.#listeners.delete(orgId);
    };
  }

  tell(orgId: string, notice?: Notice): void {
    for (const listener of this.#listeners.get(orgId) ?? []) listener(notice);
  }

  notifyAll(): void {
    for (const orgId of this.orgIds()) this.tell(orgId);
  }
}
