import { ListGuard, type ListRules } from "./list-guard.ts";

export interface CursorPage<Item> {
  items: readonly Item[];
  /** Where the next page is; absent, `null` or empty after the last one. */
  next?: string | null;
  /** How many there are in all, where the system says it. */
  total?: number | null;
}

/**
 * The items of a list each page of which names the next one, by a cursor. It ends with a page that names none.
 *
 * @example
 * yield* pageByCursor((cursor) => client.users(cursor), { list: "GET /users", idOf: (user) => user.id });
 */
export async function* pageByCursor<Item>(
  fetchPage: (cursor: string | undefined) => Promise<CursorPage<Item>>,
  rules: ListRules<Item>,
): AsyncGenerator<Item> {
  const check = new ListGuard(rules);
  for (let cursor: string | undefined; ;) {
    const { items, next, total } = await fetchPage(cursor);
    check.take(items, total);
    yield* items;
    if (!next) return check.end();
    check.goTo(next);
    cursor = next;
  }
}
