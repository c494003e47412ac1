/** Collects a stream into pages of at most `size` items; never yields an empty page. */
export async function* paginate<T>(items: AsyncIterable<T>, size = 100): AsyncGenerator<T[]> {
  let page: T[] = [];
  for await (const item of items) {
    page.push(item);
    if (page.length === size) {
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
}
