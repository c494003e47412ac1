/** A group or license that an account refers to. */
export interface Ref {
  slug: string;
  id: string;
  name: string | null;
}

const MOST_REFS = 50_000;

/**
 * The refs that durable pages of a session have told already. The accounts of a system refer to the same few groups
 * over and over, so nearly all of the refs of a page are in pages before it; those are not written again.
 */
export class PushedRefs {
  /** By slug and id the name that was told last. */
  readonly #told = new Map<string, Map<string, string | null>>();
  #count = 0;

  has(slug: string, id: string, name: string | undefined): boolean {
    const told = this.#told.get(slug)?.get(id);
    return told !== undefined && (name === undefined || name === told);
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

/**
 * What the accounts of a page refer to and no page before it did, each once. A ref counts as told in the session even
 * where a later page overtakes its account, which errs on the side of removing nothing.
 */
export class PageRefs {
  readonly #told: PushedRefs;
  readonly #new = new Map<string, Map<string, Ref>>();

  constructor(told: PushedRefs) {
    this.#told = told;
  }

  add(slug: string, id: string, name: string | undefined): void {
    if (this.#told.has(slug, id, name)) return;
    let known = this.#new.get(slug);
    if (known === undefined) this.#new.set(slug, (known = new Map()));
    const ref = known.get(id);
    if (ref === undefined) known.set(id, { slug, id, name: name ?? null });
    else ref.name ??= name ?? null;
  }

  all(): Ref[] {
    return Array.from(this.#new.values(), (refs) => [...refs.values()]).flat();
  }
}
