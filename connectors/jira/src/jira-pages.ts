import { UpstreamError } from "@bridgekit/core";
import type { JiraPage } from "./jira-models.ts";

/**
 * The items of a list of bare arrays, which tells neither a total nor its last page. A page may be short in the
 * middle, so two empty ones in a row end it. The next page begins after what was received: where Jira hid rows the two
 * overlap, and where it caps its pages nothing is skipped. `what` is for messages: `Jira listed users`.
 */
export async function* untilEmpty<Item>(
  { what, pageSize }: { what: string; pageSize: number },
  keyOf: (item: Item) => string,
  read: (startAt: number) => Promise<unknown>,
): AsyncGenerator<Item> {
  const seen = new Set<string>();
  for (let startAt = 0, isEnding = false; ;) {
    const items = toItems<Item>(what, await read(startAt));
    if (items.length === 0) {
      if (isEnding) return;
      isEnding = true;
      startAt += pageSize;
      continue;
    }
    if (isEnding) throw unusable(`${what} with an empty page before position ${startAt}, and more after it`);
    yield* unseen(what, items, keyOf, seen);
    startAt += items.length;
  }
}

/** The items of a list of pages with `isLast` and `total`; it ends with the last page, and only if all were there. */
export async function* untilLast<Item>(
  what: string,
  keyOf: (item: Item) => string,
  read: (startAt: number) => Promise<JiraPage<Item> | undefined>,
): AsyncGenerator<Item> {
  const seen = new Set<string>();
  for (let startAt = 0; ;) {
    const page = await read(startAt);
    const items = toItems<Item>(what, page?.values);
    const { isLast, total } = page!;
    if (isLast === undefined && total === undefined) throw unusable(`${what} without saying where the list ends`);
    if (items.length > 0) yield* unseen(what, items, keyOf, seen);
    if (isLast ?? seen.size >= total!) {
      if (total !== undefined && seen.size < total) throw unusable(`${what} and ended after ${seen.size} of ${total}`);
      return;
    }
    if (items.length === 0) throw unusable(`${what} with an empty page at position ${startAt} that is not the last`);
    startAt += items.length;
  }
}

function* unseen<Item>(what: string, items: readonly Item[], keyOf: (item: Item) => string, seen: Set<string>) {
  const before = seen.size;
  for (const item of items) {
    const key = keyOf(item);
    if (seen.has(key)) continue;
    seen.add(key);
    yield item;
  }
  if (seen.size === before) throw unusable(`${what} in a circle: a page brought nothing but what was listed before`);
}

function toItems<Item>(what: string, items: unknown): Item[] {
  if (!Array.isArray(items)) throw unusable(`${what} with something that is no list`);
  return items;
}

function unusable(message: string): UpstreamError {
  return new UpstreamError(message, { code: "INTERNAL_ERROR", isRetryable: false, effect: "none" });
}
