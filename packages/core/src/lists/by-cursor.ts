import { ListGuard, type ListRules } from "./list-guard.ts";

export interface CursorPage<Item> {
  items: readonly Item[];
  /** Cursor of the next page; absent, `null` or empty on the last one. */
  next?: string | null;
  /** Number of items in the whole list, if the system returns it. */
  total?: number | null;
}

/**
 * Yields the items of a list whose pages carry a cursor of the next one. A page without a cursor is the last.
 *
 * @example
 * yield* pageByCursor((cursor) => client.users(cursor), { list: "GET /users", idOf: (user) => user.id });
 */
export async function* pageByCursor<Item>(
  fetchPage: (cursor: string | undefined) => Promise<CursorPage<Item>>,
  rules: ListRules<Item>,
): AsyncGenerator<Item> {
  const guard = new ListGuard(rules);
  for (let cursor: string | undefined; ;) {
    const { items, next, total } = await fetchPage(cursor);
    guard.take(items, total);
    yield* items;
    if (!next) return guard.end("no_next_page");
    guard.goTo(next);
    cursor = next;
  }
}
