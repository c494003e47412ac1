import { MOST_COUNTED } from "./counted-list.ts";

/** The maximum of the contract. */
const MOST_OFFSET = 1_000_000_000;

/**
 * Absolute URLs of the previous and next pages, with the other query parameters kept. The next page begins at a cursor;
 * undefined if there is none. Its `offset` skips nothing and only identifies the previous page, which has no URL beyond
 * the maximum offset.
 */
export function toCursorLinks(
  url: URL,
  { limit, offset, cursor }: { limit: number; offset: number; cursor: string | undefined },
): { next: string | null; previous: string | null } {
  const before = new URL(url);
  before.searchParams.delete("cursor");
  const previous = Math.max(0, offset - limit);
  return {
    next: cursor === undefined ? null : linkTo(url, { limit, offset: Math.min(offset + limit, MOST_OFFSET), cursor }),
    previous: offset > 0 && previous <= MOST_COUNTED ? linkTo(before, { limit, offset: previous }) : null,
  };
}

/** The same URL with a trailing slash and some query parameters set. */
export function linkTo(url: URL, parameters: Readonly<Record<string, string | number>>): string {
  const link = new URL(url);
  if (!link.pathname.endsWith("/")) link.pathname += "/";
  for (const [name, value] of Object.entries(parameters)) link.searchParams.set(name, String(value));
  return link.href;
}
