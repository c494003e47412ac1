import { UpstreamError } from "@bridgekit/core";
import type { JiraPage } from "./jira-models.ts";

/**
 * The items of a list of bare arrays, which tells neither a total nor its last page. A page may be short in the
 * middle, so two empty ones in a row end it. The next page begins after what was received: where Jira caps its pages
 * nothing is skipped, and where it hid rows the two overlap. `what` is for messages: `Jira listed users`.
 */
export async function* untilEmpty<Item>(
  { what, pageSize }: { what: string; pageSize: number },
  keyOf: (item: Item) => string,
  read: (startAt: number) => Promise<unknown>,
): AsyncGenerator<Item> {
  const seen = new Set<string>();
  let before: "more" | "nothing new" | "empty" = "more";
  for (let startAt = 0; ;) {
    const items = toItems<Item>(what, await read(startAt));
    if (items.length === 0) {
      if (before === "empty") return;
      before = "empty";
    } else {
      if (before === "empty")
        throw unusable(`${what} with an empty page before position ${startAt}, and more after it`);
      const fresh = takeNew(items, keyOf, seen);
      yield* fresh;
      if (fresh.length === 0 && before === "nothing new") throw circle(what);
      before = fresh.length > 0 ? "more" : "nothing new";
    }
    // A page with nothing new lies within the one before it: what comes next is after all of it.
    startAt += before === "more" ? items.length : pageSize;
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
    const fresh = takeNew(items, keyOf, seen);
    if (items.length > 0 && fresh.length === 0) throw circle(what);
    yield* fresh;
    if (isLast ?? seen.size >= total!) {
      if (total !== undefined && seen.size < total) throw unusable(`${what} and ended after ${seen.size} of ${total}`);
      return;
    }
    if (items.length === 0) throw unusable(`${what} with an empty page at position ${startAt} that is not the last`);
    startAt += items.length;
  }
}

/** Those items that were not seen before, which they are from now on. */
function takeNew<Item>(items: readonly Item[], keyOf: (item: Item) => string, seen: Set<string>): Item[] {
  return items.filter((item) => {
    const { size } = seen;
    return seen.add(keyOf(item)).size > size;
  });
}

function circle(what: string): UpstreamError {
  return unusable(`${what} in a circle: a page brought nothing but what was listed before`);
}

function toItems<Item>(what: string, items: unknown): Item[] {
  if (!Array.isArray(items)) throw unusable(`${what} with something that is no list`);
  return items;
}

function unusable(message: string): UpstreamError {
  return new UpstreamError(message, { code: "INTERNAL_ERROR", isRetryable: false, effect: "none" });
}
