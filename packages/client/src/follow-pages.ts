/**
 * Yields the rows of a paged response and of all pages after it. Throws if a response has none of `names` or a link
 * repeats, so that a wrong response never reads as an empty list.
 */
export async function* followPages<Row>(
  first: () => Promise<unknown>,
  follow: (link: string) => Promise<unknown>,
  names: readonly string[],
): AsyncGenerator<Row> {
  const followed = new Set<string>();
  for (let page = await first(); ;) {
    const { rows, next } = readPage(page, names);
    yield* rows as Row[];
    if (next === undefined) return;
    if (followed.has(next)) throw new TypeError(`The Bridge's pages link in a circle: ${next}`);
    followed.add(next);
    page = await follow(next);
  }
}

function readPage(page: unknown, names: readonly string[]): { rows: unknown[]; next: string | undefined } {
  const next = typeof page === "object" && page !== null && "next" in page ? page.next : undefined;
  return { rows: readRows(page, names), next: typeof next === "string" ? next : undefined };
}

/** Returns the rows under the first of `names` that is present, or the response itself if it is a list. Throws otherwise. */
export function readRows(body: unknown, names: readonly string[]): unknown[] {
  if (Array.isArray(body)) return body;
  if (typeof body === "object" && body !== null) {
    const fields = body as Record<string, unknown>;
    const rows = names.map((name) => fields[name]).find((value) => Array.isArray(value));
    if (rows) return rows;
  }
  throw new TypeError(`The Bridge returned a page without "${names.join('" or "')}".`);
}
