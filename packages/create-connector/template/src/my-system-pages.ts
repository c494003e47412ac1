import { UpstreamError } from "@bridgekit/core";

export interface MySystemPage<Item> {
  items: Item[];
  /** Where the next page begins; `null` on the last one. */
  next: string | null;
  /** How many items the whole list has. */
  total: number;
}

/**
 * The items of all pages. The list ends with the page that says so, and only if as many came as there are: whoever is
 * missing from a list that ends too soon would be taken for somebody who left. `what` is for messages.
 */
export async function* readPages<Item>(
  what: string,
  read: (cursor: string | undefined) => Promise<MySystemPage<Item> | undefined>,
): AsyncGenerator<Item> {
  const cursors = new Set<string>();
  let count = 0;
  for (let cursor: string | undefined; ;) {
    const page = await read(cursor);
    if (!page || !Array.isArray(page.items) || page.next === undefined)
      throw unusable(`${what} with something that is no page`);
    yield* page.items;
    count += page.items.length;
    if (page.next === null) {
      if (count < page.total) throw unusable(`${what} and ended after ${count} of ${page.total}`);
      return;
    }
    cursor = page.next;
    if (cursors.has(cursor)) throw unusable(`${what} in a circle: a cursor came back`);
    cursors.add(cursor);
  }
}

function unusable(message: string): UpstreamError {
  return new UpstreamError(message, { code: "INTERNAL_ERROR", isRetryable: false, effect: "none" });
}
