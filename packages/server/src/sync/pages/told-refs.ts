import type { Ref } from "./collect-refs.ts";

const MOST_REFS = 50_000;

/**
 * The refs that durable pages of a session have told already. The accounts of a system refer to the same few groups
 * over and over, so nearly all of the refs of a page are in pages before it; those are not written again.
 */
export class ToldRefs {
  readonly #told = new Set<string>();

  /** The refs that are still to be written. */
  untold(refs: readonly Ref[]): Ref[] {
    return refs.filter((ref) => !this.#told.has(toKey(ref)));
  }

  /** Call it once the page that tells them is durable. */
  add(refs: readonly Ref[]): void {
    if (this.#told.size + refs.length > MOST_REFS) return;
    for (const ref of refs) this.#told.add(toKey(ref));
  }
}

function toKey({ slug, id, name }: Ref): string {
  return `${slug} ${id.length} ${id}${name ?? ""}`;
}
