import { runContext } from "../run-context.ts";
import type { EndProof } from "../run-timeline.ts";
import { UpstreamError } from "../errors/upstream-error.ts";
import { hashText } from "../hash-text.ts";

/** What a connector knows about a list, to prove its end. */
export interface ListRules<Item> {
  /** The list, for messages: `GET /users`. */
  list: string;
  /** The id of an item, unique in the list. */
  idOf: (item: Item) => string | number;
  /** Most items that the system ever returns for this list: a list of that length may be incomplete. */
  cap?: number;
  /**
   * Called with the reason if the end can't be proved. Pass `context.partial`: what was read is kept, and nobody is
   * removed. If it is absent, the list throws.
   */
  onDoubt?: (reason: string) => void;
}

/** Filters may empty a few pages; a list of empty pages only never ends. */
const MOST_EMPTY_PAGES = 20;

/**
 * Proves the end of a list, page by page. Keeps the ids of the page before and a hash of every page: less than a megabyte
 * for a million items.
 */
export class ListGuard<Item> {
  readonly #rules: ListRules<Item>;
  readonly #isSteady: boolean;
  readonly #pages = new Set<string>();
  readonly #positions = new Set<string>();
  #previous = new Set<string>();
  /** Every id, if pages overlap. */
  readonly #known = new Set<string>();
  #isNothingNew = false;
  #count = 0;
  #emptyInARow = 0;
  #total: number | undefined;

  /** `isSteady`: items that disappear while the list is read can't make the reader skip others. */
  constructor(rules: ListRules<Item>, { isSteady = false } = {}) {
    this.#rules = rules;
    this.#isSteady = isSteady;
  }

  /** Items read so far. */
  get count(): number {
    return this.#count;
  }

  /** Whether the system returns the number of items. */
  get hasTotal(): boolean {
    return this.#total !== undefined;
  }

  /** Takes a page and returns its items. Throws if the page came before, or after too many empty pages. */
  take(items: readonly Item[], total?: number | null): readonly Item[] {
    const { list, idOf } = this.#rules;
    if (this.#isEmpty(items, total)) return items;
    const ids = items.map((item) => String(idOf(item)));
    const repeated = ids.filter((id) => this.#previous.has(id));
    if (repeated.length === ids.length || !remember(this.#pages, ids.join("\n")))
      throw fault(`${list} gave out a page again (it begins with "${ids[0]}") after ${this.#count} items`);
    if (repeated.length > 0)
      this.doubt(
        `${list} repeats ${repeated.length} ids of the page before (the first is "${repeated[0]}") after ` +
          `${this.#count} items: it moved while it was read, so others may be missing`,
      );
    this.#previous = new Set(ids);
    this.#count += items.length;
    return items;
  }

  /**
   * Takes a page that may overlap with those before it, and returns its new items. Throws if two pages in a row have no
   * new items, or after too many empty pages.
   */
  takeNew(items: readonly Item[], total?: number | null): readonly Item[] {
    const { list, idOf } = this.#rules;
    if (this.#isEmpty(items, total)) return items;
    const fresh = items.filter((item) => {
      const { size } = this.#known;
      return this.#known.add(String(idOf(item))).size > size;
    });
    if (fresh.length === 0 && this.#isNothingNew)
      throw fault(`${list} goes in a circle: two pages in a row had nothing new after ${this.#count} items`);
    this.#isNothingNew = fresh.length === 0;
    this.#count += fresh.length;
    return fresh;
  }

  #isEmpty(items: readonly Item[], total: number | null | undefined): boolean {
    this.#takeTotal(total);
    this.#emptyInARow = items.length === 0 ? this.#emptyInARow + 1 : 0;
    if (this.#emptyInARow > MOST_EMPTY_PAGES)
      throw fault(
        `${this.#rules.list} goes on after ${MOST_EMPTY_PAGES} empty pages in a row; it gave out ${this.#count} items`,
      );
    return items.length === 0;
  }

  #takeTotal(total: number | null | undefined): void {
    const before = this.#total;
    this.#total = total ?? before;
    // The items received may include those that left: then the count is right although others were skipped.
    if (!this.#isSteady && before !== undefined && this.#total! < before)
      this.doubt(
        `${this.#rules.list} had ${before} items and has ${this.#total} after ${this.#count} came: somebody left it ` +
          `while it was read, so others may be missing`,
      );
  }

  isAmong(items: readonly Item[], wanted: Item): boolean {
    const { idOf } = this.#rules;
    const id = idOf(wanted);
    return items.some((item) => idOf(item) === id);
  }

  /** Raises a doubt if a page that should begin with a known item has none of the page before. */
  demandKnown(items: readonly Item[], anchor: Item): void {
    const { list, idOf } = this.#rules;
    if (items.some((item) => this.#isKnown(item))) return;
    this.doubt(
      `${list} does not go on from "${idOf(anchor)}" after ${this.#count} items: it moved while it was read, so others ` +
        "may be missing",
    );
  }

  /** Returns the items behind the last known one, and corrects the count: others may have come or left before it. */
  follow(items: readonly Item[], offset: number): readonly Item[] {
    const index = items.findLastIndex((item) => this.#isKnown(item));
    if (index >= 0) this.#count = offset + index + 1;
    return items.slice(index + 1);
  }

  #isKnown(item: Item): boolean {
    const id = String(this.#rules.idOf(item));
    return this.#previous.has(id) || this.#known.has(id);
  }

  /** Takes the position of the next page. Throws if the list was there before. */
  goTo(position: string): void {
    if (remember(this.#positions, position)) return;
    throw fault(
      `${this.#rules.list} names a next page again that it named before (${shorten(position)}), after ${this.#count} items`,
    );
  }

  /** The list has ended, as something proves. Raises a doubt if the items received do not match what the system said. */
  end(proof: EndProof): void {
    const { list, cap } = this.#rules;
    if (this.#total !== undefined && this.#total !== this.#count)
      this.doubt(`${list} says that it has ${this.#total} items, and ${this.#count} came`);
    else if (cap !== undefined && this.#count >= cap)
      this.doubt(`${list} ended after ${this.#count} items, and never returns more than ${cap}`);
    else runContext.getStore()?.timeline?.addProof(this.#total === undefined ? proof : "total");
  }

  doubt(reason: string): void {
    if (!this.#rules.onDoubt) throw fault(reason);
    this.#rules.onDoubt(reason);
  }
}

/** Returns whether the text is new. */
function remember(hashes: Set<string>, text: string): boolean {
  const hash = { high: 0, low: 0 };
  hashText(text, hash);
  const before = hashes.size;
  return hashes.add(`${hash.high} ${hash.low}`).size > before;
}

export function fault(message: string): UpstreamError {
  return new UpstreamError(message, { code: "INTERNAL_ERROR", isRetryable: true, effect: "none" });
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80).toWellFormed()}…` : text;
}
