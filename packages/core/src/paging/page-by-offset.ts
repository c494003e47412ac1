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
   * a page after it was cut.
   */
  step?: "items" | "asked";
}

/**
 * The items of a list that is read by offset. It ends with an empty page, or where as many came as the system says that
 * there are.
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
  const check = new PageCheck(rules);
  for (let offset = 0; ;) {
    const { items, total } = await fetchPage(offset);
    check.take(items, total);
    yield* items;
    offset += step === "items" ? items.length : limit;
    const isEnd = items.length === 0 || check.count === total || (isShortPageLast && items.length < limit);
    if (isEnd) return check.end();
  }
}
