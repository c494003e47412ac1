import { PageCheck, type ListRules } from "./page-check.ts";

export interface OffsetPage<Item> {
  items: readonly Item[];
  /** How many there are in all, where the system says it. */
  total?: number | null;
}

export interface OffsetRules<Item> extends ListRules<Item> {
  /** Items asked for in a page. */
  limit: number;
  /** Set where the system's documentation promises that a page with fewer items than asked for is the last one. */
  isShortPageLast?: boolean;
  /**
   * What the next offset is counted in: the items that came, or (`"asked"`) the items asked for, where the system filters
   * a page after it was cut, or takes only multiples of the limit. With `"asked"` pages do not overlap.
   */
  step?: "items" | "asked";
}

/**
 * The items of a list that is read by offset. It ends with an empty page, or where as many came as the system says that
 * there are.
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
  const { limit, isShortPageLast = false, step = "items" } = rules;
  const isOverlapping = step === "items" && limit > 1;
  const check = new PageCheck(rules, { isSteady: isOverlapping });
  let last: Item | undefined;
  for (let offset = 0; ;) {
    const { items, total } = await fetchPage(offset);
    const fresh = last === undefined ? items : check.follow(last, items);
    check.take(fresh, total);
    yield* fresh;
    const isEnd = items.length === 0 || check.count === total || (isShortPageLast && items.length < limit);
    if (isEnd) return check.end();
    // A page that brings only what is known already is short, which is no proof: the one behind it is asked for too.
    last = isOverlapping ? fresh.at(-1) : undefined;
    offset += (step === "asked" ? limit : items.length) - (last === undefined ? 0 : 1);
  }
}
