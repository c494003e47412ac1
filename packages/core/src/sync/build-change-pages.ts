import { PageBuilder, type Page, type PageRules } from "./page-builder.ts";

/** A page of changes. */
export interface ChangePage {
  slug: string;
  page: Page;
}

interface ChangeRules {
  /** Called once for each slug that has changes. */
  rulesOf: (slug: string) => PageRules;
  /** Called with what the stream returns at its end. */
  onCursor: (cursor: unknown) => void;
}

/** Collects changes, which come in any order, into pages of one type each. */
export async function* buildChangePages(
  open: () => AsyncGenerator<{ slug: string; record: unknown }, unknown>,
  { rulesOf, onCursor }: ChangeRules,
): AsyncGenerator<ChangePage> {
  const builders = new Map<string, PageBuilder>();
  const changes = open();
  try {
    for (;;) {
      const next = await changes.next();
      if (next.done) {
        onCursor(next.value);
        break;
      }
      const { slug, record } = next.value;
      let builder = builders.get(slug);
      if (!builder) builders.set(slug, (builder = new PageBuilder(rulesOf(slug))));
      for (const page of builder.add(record)) yield { slug, page };
    }
    for (const [slug, builder] of builders) for (const page of builder.finish()) yield { slug, page };
  } finally {
    await changes.return(undefined);
  }
}
