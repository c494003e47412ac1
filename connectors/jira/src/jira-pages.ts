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
    const { isLast = null, total = null } = page!;
    if (isLast === null && total === null) throw unusable(list, "without saying where the list ends");
    return { items, isLast, total };
  }, list);
}

/** A list that comes in one piece. Nothing else proves that there are none, so an empty one is asked for twice. */
export async function readWhole<Item>(list: string, read: () => Promise<unknown>): Promise<Item[]> {
  const items = toItems<Item>({ list }, await read());
  return items.length > 0 ? items : toItems<Item>({ list }, await read());
}

/** Throws where an answer is no list. */
export function toItems<Item>(list: { list: string }, items: unknown): Item[] {
  if (!Array.isArray(items)) throw unusable(list, "with something that is no list");
  return items;
}

function unusable({ list }: { list: string }, what: string): UpstreamError {
  return new UpstreamError(`${list} was answered ${what}`, {
    code: "INTERNAL_ERROR",
    isRetryable: false,
    effect: "none",
  });
}
