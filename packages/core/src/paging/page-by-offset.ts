import { fault, PageCheck, type ListRules } from "./page-check.ts";

export interface OffsetPage<Item> {
  items: readonly Item[];
  /** How many there are in all, where the system says it. */
  total?: number | null;
  /** Whether this is the last page, where the system says it: then nothing else ends the list. */
  isLast?: boolean | null;
}

export interface OffsetRules<Item> extends ListRules<Item> {
  /** Items asked for in a page. */
  limit: number;
  /** Set where the system's documentation promises that a page with fewer items than asked for is the last one. */
  isShortPageLast?: boolean;
  /** Empty pages in a row that end the list: 2 where filters may leave one of the middle empty. 1 by default. */
  emptyPages?: number;
  /**
   * What the next offset is counted in: the items that came (`"items"`), or the items asked for (`"asked"`), where the
   * system filters a page after it was cut, or takes only multiples of the limit. `"overlap"` is for one that may filter a
   * page and may as well give fewer than asked for: counted in what came, nothing is skipped, and what comes twice is left
   * out. That keeps every id.
   */
  step?: "items" | "asked" | "overlap";
}

/**
 * The items of a list that is read by offset. It ends with the page that is called the last one; where the system calls
 * none so, with an empty page, or where as many came as it says that there are.
 *
 * Where somebody leaves a list while it is read, all behind move up and one would be passed over. So each page is asked
 * for from the last item of the page before, and the list is doubted where it does not begin with that. This needs an
 * order in which items keep their places, such as that of their ids.
 *
 * @example
 * yield* pageByOffset((offset) => client.users({ startAt: offset, maxResults: 100 }), {
 *   list: "GET /users", idOf: (user) => user.id, limit: 100, onDoubt: partial,
 * });
 */
export async function* pageByOffset<Item>(
  fetchPage: (offset: number) => Promise<OffsetPage<Item>>,
  rules: OffsetRules<Item>,
): AsyncGenerator<Item> {
  const { list, limit, isShortPageLast = false, emptyPages = 1, step = "items" } = rules;
  const isAnchored = step === "items" && limit > 1;
  const check = new PageCheck(rules, { isSteady: isAnchored });
  let last: Item | undefined;
  let emptyInARow = 0;
  for (let offset = 0; ;) {
    const { items, total, isLast } = await fetchPage(offset);
    if (items.length > 0 && emptyInARow > 0)
      throw fault(`${list} has an empty page before offset ${offset}, and more after it`);
    emptyInARow = items.length === 0 ? emptyInARow + 1 : 0;
    const following = last === undefined ? items : check.follow(last, items);
    const fresh = step === "overlap" ? check.takeNew(following, total) : check.take(following, total);
    yield* fresh;

    if (isLast) return check.end();
    if (isLast === false && items.length === 0)
      throw fault(`${list} has an empty page at offset ${offset}, and does not say that it is the last`);
    const isEnd = emptyInARow >= emptyPages || check.count === total || (isShortPageLast && items.length < limit);
    if (isEnd && isLast !== false) return check.end();
    // A page that brings only what is known already is short, which is no proof: the one behind it is asked for too.
    last = isAnchored ? fresh.at(-1) : undefined;
    const isOfNoUse = step === "overlap" && fresh.length === 0;
    offset += (step === "asked" || isOfNoUse ? limit : items.length) - (last === undefined ? 0 : 1);
  }
}
