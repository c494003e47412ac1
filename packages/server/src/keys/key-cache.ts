import type { Role } from "../database/tables/callers.ts";

/** A stored key with its organisation. */
export interface FoundKey {
  name: string;
  orgId: string;
  orgSlug: string;
  role: Role;
  appIds: readonly string[] | null;
  secretHash: string;
  /** The previous secret of a rotated key, and its expiry. */
  oldSecretHash: string | null;
  oldSecretExpiresAt: Date | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
}

const MAX_AGE_MS = 2_000;
const MAX_KEYS = 1_000;

/**
 * Caches keys for two seconds, because a sync sends the same one with every page. Expiry is checked at each use; a
 * revocation takes effect at once in this process and within two seconds in others. Unknown ids are cached as long, and
 * as many as keys.
 */
export class KeyCache {
  readonly #load: (id: string) => Promise<FoundKey | undefined>;
  readonly #entries = new Map<string, { key: FoundKey; loadedAt: number }>();
  readonly #unknown = new Map<string, number>();
  /** Counts invalidations: a look-up that began before one may have read the old state. */
  #forgotten = 0;

  constructor(load: (id: string) => Promise<FoundKey | undefined>) {
    this.#load = load;
  }

  /** Whether the id was found before, so it is no guess; its key may have changed since. */
  isKnown(id: string): boolean {
    return this.#entries.has(id);
  }

  async find(id: string): Promise<FoundKey | undefined> {
    const entry = this.#entries.get(id);
    if (entry !== undefined && isFresh(entry.loadedAt)) return entry.key;
    const missedAt = this.#unknown.get(id);
    if (missedAt !== undefined && isFresh(missedAt)) return undefined;
    const loadedAt = performance.now();
    const forgotten = this.#forgotten;
    const key = await this.#load(id);
    if (forgotten !== this.#forgotten) return key;
    if (key === undefined) {
      if (this.#unknown.size >= MAX_KEYS) this.#unknown.clear();
      this.#unknown.set(id, loadedAt);
      return undefined;
    }
    if (this.#entries.size >= MAX_KEYS) this.#entries.clear();
    this.#entries.set(id, { key, loadedAt });
    return key;
  }

  /** The same for all keys of an organisation. */
  forgetOrg(orgId: string): void {
    this.#forgotten++;
    for (const [id, { key }] of this.#entries) if (key.orgId === orgId) this.#entries.delete(id);
  }

  forget(id: string): void {
    this.#forgotten++;
    this.#entries.delete(id);
    this.#unknown.delete(id);
  }
}

function isFresh(at: number): boolean {
  return performance.now() - at < MAX_AGE_MS;
}
