/**
 * Yields the rows of a paged answer and of every page that its `next` leads to. Throws where an answer has none of
 * the `names`, and where a link repeats, so that a page that is none never reads as an empty list.
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
    if (followed.has(next)) throw new TypeError(`The Bridge's pages lead in a circle: ${next}`);
    followed.add(next);
    page = await follow(next);
  }
}

function readPage(page: unknown, names: readonly string[]): { rows: unknown[]; next: string | undefined } {
  if (typeof page === "object" && page !== null) {
    const fields = page as Record<string, unknown>;
    const rows = names.map((name) => fields[name]).find((value) => Array.isArray(value));
    if (rows) return { rows, next: typeof fields["next"] === "string" ? fields["next"] : undefined };
  }
  throw new TypeError(`The Bridge answered a page without "${names.join('" or "')}".`);
}
