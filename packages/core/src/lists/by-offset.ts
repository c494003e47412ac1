import { fault, ListGuard, type ListRules } from "./list-guard.ts";

export interface OffsetPage<Item> {
  items: readonly Item[];
  /** Number of items in the whole list, if the system returns it. */
  total?: number | null;
  /** Whether this is the last page, if the system says so: then nothing else ends the list. */
  isLast?: boolean | null;
}

export interface OffsetRules<Item> extends ListRules<Item> {
  /** Items requested per page. */
  limit: number;
  /** Set it if the documentation of the system promises that a page with fewer items than requested is the last one. */
  isShortPageLast?: boolean;
  /** Consecutive empty pages that end the list: 2 if filters may empty one in the middle. 1 by default. */
  emptyPages?: number;
  /**
   * How the offset advances: by the items received (`"items"`), or by the items requested (`"asked"`), if the system
   * filters a page after cutting it or takes only multiples of the limit. `"overlap"` is for a system that may do both,
   * filter pages and return short ones: the offset advances by the items received, so nothing is skipped, and repeated
   * items are left out. It keeps every id in memory.
   */
  step?: "items" | "asked" | "overlap";
}

/**
 * Yields the items of a list that is read by offset. The list ends with the page marked as last; without such a mark, once
 * the total has been received, or with an empty page. An empty page alone proves nothing, since a system in trouble returns
 * one too: the last item is requested again and has to come back with nothing behind it, and an empty list has to be empty
 * twice.
 *
 * If an item disappears while the list is read, all items behind it move up and one would be skipped. So each page starts
 * at the last item of the page before. If that item is missing, the list moved, and the page before is requested again; a
 * doubt is raised only if none of its items is left. This needs a stable order, such as that of ids.
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
  const isAnchored = step !== "asked" && limit > 1;
  const isOverlap = step === "overlap";
  const guard = new ListGuard(rules, { isSteady: isAnchored });
  let anchor: Item | undefined;
  let lastPage: LastPage<Item> | undefined;
  let emptyInARow = 0;
  for (let offset = 0; ;) {
    let page = await fetchPage(offset);
    if (anchor !== undefined && !guard.isAmong(page.items, anchor)) {
      offset = lastPage!.offset;
      page = await fetchPage(offset);
    }
    const { items, total, isLast } = page;
    if (items.length > 0 && emptyInARow > 0)
      throw fault(`${list} has an empty page before offset ${offset}, and more after it`);
    emptyInARow = items.length === 0 ? emptyInARow + 1 : 0;
    if (anchor !== undefined) guard.demandKnown(items, anchor);
    const following = anchor === undefined || isOverlap ? items : guard.follow(items, offset);
    const fresh = isOverlap ? guard.takeNew(following, total) : guard.take(following, total);
    if (fresh.length > 0) lastPage = { offset, items };
    yield* fresh;

    if (isLast) return guard.end("last_page");
    if (isLast === false && items.length === 0)
      throw fault(`${list} has an empty page at offset ${offset}, and does not say that it is the last`);
    const isCounted = guard.count === total || (isShortPageLast && items.length > 0 && items.length < limit);
    const isEnd = isCounted || emptyInARow >= emptyPages;
    if (isEnd && isLast !== false) {
      // The page before this one began with the last item and had nothing behind it, so that item has come back already.
      const isProven = isCounted || guard.hasTotal || (isAnchored && lastPage !== undefined);
      if (!isProven) await proveEnd(fetchPage, rules, guard, lastPage);
      return guard.end(isCounted ? "short_page" : "empty_page");
    }
    // A page of known items only is short, which proves nothing: the page behind it is requested too.
    anchor = isAnchored && fresh.length > 0 ? items.at(-1) : undefined;
    const hasNothingNew = isOverlap && fresh.length === 0;
    offset += (step === "asked" || hasNothingNew ? limit : items.length) - (anchor === undefined ? 0 : 1);
  }
}

/** The last page with new items. */
interface LastPage<Item> {
  offset: number;
  items: readonly Item[];
}

/** Requests the last page and the empty one after it again: nothing may have changed. */
async function proveEnd<Item>(
  fetchPage: (offset: number) => Promise<OffsetPage<Item>>,
  { list, idOf, limit, step = "items" }: OffsetRules<Item>,
  guard: ListGuard<Item>,
  lastPage: LastPage<Item> | undefined,
): Promise<void> {
  if (lastPage) {
    const { offset, items } = lastPage;
    const id = idOf(items.at(-1)!);
    const again = await fetchPage(offset);
    const index = again.items.findIndex((item) => idOf(item) === id);
    if (index === -1)
      return guard.doubt(
        `${list} ended after ${guard.count} items with an empty page, and asked again it no longer has "${id}": it ` +
          "moved while it was read, so others may be missing",
      );
    if (index < again.items.length - 1)
      throw fault(`${list} had an empty page after "${id}", and asked again it has more: ${guard.count} items came`);
  }
  const end = lastPage ? lastPage.offset + (step === "asked" ? limit : lastPage.items.length) : 0;
  const { items } = await fetchPage(end);
  if (items.length > 0) throw fault(`${list} was empty at offset ${end}, and asked again it is not`);
}
