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

/** The same address with a trailing slash and some query parameters set. */
export function linkTo(url: URL, parameters: Readonly<Record<string, string | number>>): string {
  const link = new URL(url);
  if (!link.pathname.endsWith("/")) link.pathname += "/";
  for (const [name, value] of Object.entries(parameters)) link.searchParams.set(name, String(value));
  return link.href;
}
