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
  const next = typeof page === "object" && page !== null && "next" in page ? page.next : undefined;
  return { rows: readRows(page, names), next: typeof next === "string" ? next : undefined };
}

/** The list that an answer has under the first of the names, or is itself; throws where there is none. */
export function readRows(answer: unknown, names: readonly string[]): unknown[] {
  if (Array.isArray(answer)) return answer;
  if (typeof answer === "object" && answer !== null) {
    const fields = answer as Record<string, unknown>;
    const rows = names.map((name) => fields[name]).find((value) => Array.isArray(value));
    if (rows) return rows;
  }
  throw new TypeError(`The Bridge answered a page without "${names.join('" or "')}".`);
}
