import { PageMaker, type Page, type PageRules } from "./to-pages.ts";

export interface ChangePage {
  slug: string;
  page: Page;
}

interface ChangeRules {
  /** Asked once for each slug that changes are told of. */
  rulesOf: (slug: string) => PageRules;
  /** Called with what the stream returns at its end. */
  onCursor: (cursor: unknown) => void;
}

/** Collects changes, which come in any order, into pages of one type each. */
export async function* toChangePages(
  changes: AsyncGenerator<{ slug: string; record: unknown }, unknown>,
  { rulesOf, onCursor }: ChangeRules,
): AsyncGenerator<ChangePage> {
  const makers = new Map<string, PageMaker>();
  try {
    for (;;) {
      const next = await changes.next();
      if (next.done) {
        onCursor(next.value);
        break;
      }
      const { slug, record } = next.value;
      let maker = makers.get(slug);
      if (!maker) makers.set(slug, (maker = new PageMaker(rulesOf(slug))));
      for (const page of maker.add(record)) yield { slug, page };
    }
    for (const [slug, maker] of makers) for (const page of maker.finish()) yield { slug, page };
  } finally {
    await changes.return(undefined);
  }
}
