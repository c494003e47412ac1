import { fault, ListGuard, type ListRules } from "./list-guard.ts";

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
 * none so, where as many came as it says that there are, or with an empty page. An empty page alone proves nothing, since
 * a system in trouble returns one too: the last item that came is asked for again and has to come back, with nothing
 * behind it, and an empty list has to be empty twice.
 *
 * Where somebody leaves a list while it is read, all behind move up and one would be passed over. So each page is asked
 * for from the last item of the page before. Where a page lacks that item the list moved, and the page before is asked for
 * again; the list is doubted only where nobody of that page is there any more. This needs an order in which items keep
 * their places, such as that of their ids.
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
  const check = new ListGuard(rules, { isSteady: isAnchored });
  let anchor: Item | undefined;
  let lastPage: LastPage<Item> | undefined;
  let emptyInARow = 0;
  for (let offset = 0; ;) {
    let page = await fetchPage(offset);
    if (anchor !== undefined && !check.isAmong(page.items, anchor)) {
      offset = lastPage!.offset;
      page = await fetchPage(offset);
    }
    const { items, total, isLast } = page;
    if (items.length > 0 && emptyInARow > 0)
      throw fault(`${list} has an empty page before offset ${offset}, and more after it`);
    emptyInARow = items.length === 0 ? emptyInARow + 1 : 0;
    if (anchor !== undefined) check.demandKnown(items, anchor);
    const following = anchor === undefined || isOverlap ? items : check.follow(items, offset);
    const fresh = isOverlap ? check.takeNew(following, total) : check.take(following, total);
    if (fresh.length > 0) lastPage = { offset, items };
    yield* fresh;

    if (isLast) return check.end();
    if (isLast === false && items.length === 0)
      throw fault(`${list} has an empty page at offset ${offset}, and does not say that it is the last`);
    const isCounted = check.count === total || (isShortPageLast && items.length > 0 && items.length < limit);
    const isEnd = isCounted || emptyInARow >= emptyPages;
    if (isEnd && isLast !== false) {
      // A page with the last item and nothing behind it came before this one, so that item has come back already.
      const isProven = isCounted || check.hasTotal || (isAnchored && lastPage !== undefined);
      if (!isProven) await proveEnd(fetchPage, rules, check, lastPage);
      return check.end();
    }
    // A page that brings only what is known already is short, which is no proof: the one behind it is asked for too.
    anchor = isAnchored && fresh.length > 0 ? items.at(-1) : undefined;
    const isOfNoUse = isOverlap && fresh.length === 0;
    offset += (step === "asked" || isOfNoUse ? limit : items.length) - (anchor === undefined ? 0 : 1);
  }
}

/** The last page that brought anything. */
interface LastPage<Item> {
  offset: number;
  items: readonly Item[];
}

/** Asks again for the last page of a list that ended with an empty one, and for that: nothing may have changed. */
async function proveEnd<Item>(
  fetchPage: (offset: number) => Promise<OffsetPage<Item>>,
  { list, idOf, limit, step = "items" }: OffsetRules<Item>,
  check: ListGuard<Item>,
  lastPage: LastPage<Item> | undefined,
): Promise<void> {
  if (lastPage) {
    const { offset, items } = lastPage;
    const id = idOf(items.at(-1)!);
    const again = await fetchPage(offset);
    const index = again.items.findIndex((item) => idOf(item) === id);
    if (index === -1)
      return check.doubt(
        `${list} came to an end after ${check.count} items with an empty page, and asked again it does not have "${id}" ` +
          "any more: it moved while it was read, so others may be missing",
      );
    if (index < again.items.length - 1)
      throw fault(`${list} had an empty page after "${id}", and asked again it has more: ${check.count} items came`);
  }
  const end = lastPage ? lastPage.offset + (step === "asked" ? limit : lastPage.items.length) : 0;
  const { items } = await fetchPage(end);
  if (items.length > 0) throw fault(`${list} was empty at offset ${end}, and asked again it is not`);
}
