import { ListGuard, type ListRules } from "./list-guard.ts";

export interface TokenPage<Item> {
  items: readonly Item[];
  /** Whether the system calls this page the last one. */
  isLast: boolean;
  /** Token of the next page. */
  nextToken?: string | null;
  /** Number of items in the whole list, if the system returns it. */
  total?: number | null;
}

/**
 * Yields the items of a list that marks its last page and gives a token for the next one. A page that has no token and is
 * not marked as the last raises a doubt: the list may go on.
 *
 * @example
 * yield* pageByToken((token) => client.groups(token), { list: "GET /groups", idOf: (group) => group.id });
 */
export async function* pageByToken<Item>(
  fetchPage: (token: string | undefined) => Promise<TokenPage<Item>>,
  rules: ListRules<Item>,
): AsyncGenerator<Item> {
  const guard = new ListGuard(rules);
  for (let token: string | undefined; ;) {
    const { items, isLast, nextToken, total } = await fetchPage(token);
    guard.take(items, total);
    yield* items;
    if (isLast) return guard.end("last_page");
    if (!nextToken)
      return guard.doubt(`${rules.list} has no token after ${guard.count} items and is not marked as ended`);
    guard.goTo(nextToken);
    token = nextToken;
  }
}
