import type { Role } from "../database/schema.ts";

/** A stored key with its organisation. */
export interface FoundKey {
  name: string;
  orgId: string;
  orgSlug: string;
  role: Role;
  appIds: readonly string[] | null;
  secretHash: string;
  expiresAt: Date | null;
  revokedAt: Date | null;
}

const MAX_AGE_MS = 2_000;
const MAX_KEYS = 1_000;

/**
 * Keeps a key for two seconds, because a sync presents the same one with every page. Expiry is judged at each use; a
 * revocation is forgotten at once in this process and noticed within two seconds in others. Unknown ids are not kept,
 * so that nobody can fill the memory with guesses.
 */
export class KeyCache {
  readonly #load: (id: string) => Promise<FoundKey | undefined>;
  readonly #entries = new Map<string, { key: FoundKey; loadedAt: number }>();
  /** Counts what was forgotten: a look-up that began before may have seen the old state. */
  #forgotten = 0;

  constructor(load: (id: string) => Promise<FoundKey | undefined>) {
    this.#load = load;
  }

  async find(id: string): Promise<FoundKey | undefined> {
    const entry = this.#entries.get(id);
    if (entry !== undefined && performance.now() - entry.loadedAt < MAX_AGE_MS) return entry.key;
    const loadedAt = performance.now();
    const forgotten = this.#forgotten;
    const key = await this.#load(id);
    if (this.#entries.size >= MAX_KEYS) this.#entries.clear();
    if (key !== undefined && forgotten === this.#forgotten) this.#entries.set(id, { key, loadedAt });
    return key;
  }

  forget(id: string): void {
    this.#forgotten++;
    this.#entries.delete(id);
  }
}
