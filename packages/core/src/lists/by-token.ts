import { ListGuard, type ListRules } from "./list-guard.ts";

export interface TokenPage<Item> {
  items: readonly Item[];
  /** Whether the system says that this is the last page. */
  isLast: boolean;
  /** Token of the next page. */
  nextToken?: string | null;
  /** How many there are in all, where the system says it. */
  total?: number | null;
}

/**
 * The items of a list that says itself which page is the last one, beside the token of the next. A page that has no
 * token and is not the last one is doubted: the list may go on.
 *
 * @example
 * yield* pageByToken((token) => client.groups(token), { list: "GET /groups", idOf: (group) => group.id });
 */
export async function* pageByToken<Item>(
  fetchPage: (token: string | undefined) => Promise<TokenPage<Item>>,
  rules: ListRules<Item>,
): AsyncGenerator<Item> {
  const check = new ListGuard(rules);
  for (let token: string | undefined; ;) {
    const { items, isLast, nextToken, total } = await fetchPage(token);
    check.take(items, total);
    yield* items;
    if (isLast) return check.end();
    if (!nextToken)
      return check.doubt(
        `${rules.list} has no token after ${check.count} items, and does not say that this is the end`,
      );
    check.goTo(nextToken);
    token = nextToken;
  }
}
