import { fault, ListGuard, type ListRules } from "./list-guard.ts";
import type { CursorPage } from "./by-cursor.ts";

/**
 * Yields the items of a list whose pages link to the next one, absolute or relative to themselves. A page without a link
 * is the last. Links to another host are not followed: it would get the credentials.
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
  const guard = new ListGuard(rules);
  const { origin } = new URL(first);
  for (let link = first; ;) {
    guard.goTo(link);
    const { items, next, total } = await fetchPage(link);
    guard.take(items, total);
    yield* items;
    if (!next) return guard.end("no_next_page");
    const url = new URL(next, link);
    if (url.origin !== origin)
      throw fault(`${rules.list} links to ${url.origin} for its next page; only links to ${origin} are followed`);
    link = url.href;
  }
}
