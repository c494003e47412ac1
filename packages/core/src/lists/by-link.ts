import { fault, ListGuard, type ListRules } from "./list-guard.ts";
import type { CursorPage } from "./by-cursor.ts";

/**
 * The items of a list each page of which has a link to the next one, absolute or relative to its own. It ends with a page
 * that has none. A link to another host is not followed: it would get the credentials.
 *
 * @example
 * yield* pageByLink("https://wiki.example.com/users", (link) => client.get(link), {
 *   list: "GET /users", idOf: (user) => user.id,
 * });
 */
export async function* pageByLink<Item>(
  first: string,
  fetchPage: (link: string) => Promise<CursorPage<Item>>,
  rules: ListRules<Item>,
): AsyncGenerator<Item> {
  const check = new ListGuard(rules);
  const { origin } = new URL(first);
  for (let link = first; ;) {
    check.goTo(link);
    const { items, next, total } = await fetchPage(link);
    check.take(items, total);
    yield* items;
    if (!next) return check.end();
    const url = new URL(next, link);
    if (url.origin !== origin)
      throw fault(`${rules.list} links to ${url.origin} for its next page; only links to ${origin} are followed`);
    link = url.href;
  }
}
