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
export type Hearer = (notice?: Notice) => void;

/** Who in this process wants to hear of which organisation. */
export class EventHub {
  readonly #hearers = new Map<string, Set<Hearer>>();

  /** How many listen. */
  get size(): number {
    return [...this.#hearers.values()].reduce((sum, hearers) => sum + hearers.size, 0);
  }

  orgIds(): string[] {
    return [...this.#hearers.keys()];
  }

  /** Answers how to stop it. */
  add(orgId: string, hearer: Hearer): () => void {
    const hearers = this.#hearers.get(orgId) ?? new Set();
    this.#hearers.set(orgId, hearers.add(hearer));
    return () => {
      hearers.delete(hearer);
      if (hearers.size === 0 && this.#hearers.get(orgId) === hearers) this.#hearers.delete(orgId);
    };
  }

  tell(orgId: string, notice?: Notice): void {
    for (const hearer of this.#hearers.get(orgId) ?? []) hearer(notice);
  }

  tellAll(): void {
    for (const orgId of this.orgIds()) this.tell(orgId);
  }
}
