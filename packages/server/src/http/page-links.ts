/** What the contract allows. */
const MOST_OFFSET = 1_000_000_000;

/** Absolute addresses of the pages before and after, with the other query parameters kept. */
export function toPageLinks(
  url: URL,
  { limit, offset, count }: { limit: number; offset: number; count: number },
): { next: string | null; previous: string | null } {
  return {
    next: offset + limit < count ? linkTo(url, { limit, offset: offset + limit }) : null,
    previous: offset > 0 ? linkTo(url, { limit, offset: Math.max(0, offset - limit) }) : null,
  };
}

/**
 * The same where the next page begins at a cursor; undefined if there is none. Its `offset` stays beside it: it passes
 * over nothing, and says which page is the one before.
 */
export function toCursorLinks(
  url: URL,
  { limit, offset, cursor }: { limit: number; offset: number; cursor: string | undefined },
): { next: string | null; previous: string | null } {
  const before = new URL(url);
  before.searchParams.delete("cursor");
  return {
    next: cursor === undefined ? null : linkTo(url, { limit, offset: Math.min(offset + limit, MOST_OFFSET), cursor }),
    previous: offset > 0 ? linkTo(before, { limit, offset: Math.max(0, offset - limit) }) : null,
  };
}

/** The same address with a trailing slash and some query parameters set. */
export function linkTo(url: URL, parameters: Readonly<Record<string, string | number>>): string {
  const link = new URL(url);
  if (!link.pathname.endsWith("/")) link.pathname += "/";
  for (const [name, value] of Object.entries(parameters)) link.searchParams.set(name, String(value));
  return link.href;
}
