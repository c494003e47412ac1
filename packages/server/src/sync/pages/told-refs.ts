import type { Ref } from "./collect-refs.ts";

const MOST_REFS = 50_000;

/**
 * The refs that durable pages of a session have told already. The accounts of a system refer to the same few groups
 * over and over, so nearly all of the refs of a page are in pages before it; those are not written again.
 */
export class ToldRefs {
  /** By slug and id the name that was told last. */
  readonly #told = new Map<string, Map<string, string | null>>();
  #count = 0;

  /** The refs that are still to be written. */
  untold(refs: readonly Ref[]): Ref[] {
    return refs.filter(({ slug, id, name }) => {
      const told = this.#told.get(slug)?.get(id);
      return told === undefined || (name !== null && name !== told);
    });
  }

  /** Call it once the page that tells them is durable. */
  add(refs: readonly Ref[]): void {
    if (this.#count + refs.length > MOST_REFS) return;
    this.#count += refs.length;
    for (const { slug, id, name } of refs) {
      let ids = this.#told.get(slug);
      if (ids === undefined) this.#told.set(slug, (ids = new Map()));
      ids.set(id, name ?? ids.get(id) ?? null);
    }
  }
}
