import { pageByOffset, UpstreamError } from "@bridgekit/core";
import type { JiraPage } from "./jira-models.ts";

interface List<Item> {
  /** For messages: `Jira at https://acme.atlassian.net (users)`. */
  list: string;
  /** Items asked for in a page. */
  limit: number;
  idOf: (item: Item) => string;
}

/**
 * The items of a list of bare arrays, which tells neither a total nor its last page. A page may be short or empty in the
 * middle, since Jira hides rows after it has cut the page, and may be capped below what is asked for.
 */
export function readArrays<Item>(list: List<Item>, read: (startAt: number) => Promise<unknown>): AsyncGenerator<Item> {
  const fetchPage = async (startAt: number) => ({ items: toItems<Item>(list, await read(startAt)) });
  return pageByOffset(fetchPage, { ...list, emptyPages: 2, step: "overlap" });
}

/** The items of a list of pages with `isLast` and `total`. */
export function readPages<Item>(
  list: List<Item>,
  read: (startAt: number) => Promise<JiraPage<Item> | undefined>,
): AsyncGenerator<Item> {
  return pageByOffset(async (startAt) => {
    const page = await read(startAt);
    const items = toItems<Item>(list, page?.values);
    const { isLast, total } = page!;
    if (isLast === undefined && total === undefined) throw unusable(list, "without saying where the list ends");
    return { items, isLast: isLast ?? null, total: total ?? null };
  }, list);
}

function toItems<Item>(list: List<Item>, items: unknown): Item[] {
  if (!Array.isArray(items)) throw unusable(list, "with something that is no list");
  return items;
}

function unusable({ list }: List<never>, what: string): UpstreamError {
  return new UpstreamError(`${list} was answered ${what}`, {
    code: "INTERNAL_ERROR",
    isRetryable: false,
    effect: "none",
  });
}
