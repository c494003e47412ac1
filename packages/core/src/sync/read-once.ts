import { StreamReader, type ReaderOptions } from "./stream-reader.ts";

/** Reads everything and pushes nothing. */
export async function readOnce(
  { connection, signal }: ReaderOptions,
  onRecord?: (slug: string, record: { id: string }) => void,
): Promise<StreamReader> {
  // Only the start of a session shows what the Bridge takes, and nothing is started here.
  const target = { canContinue: true, canKeepRefs: true, ...(onRecord && { onRecord }) };
  const reader = new StreamReader({ connection, ...(signal && { signal }) }, target);
  try {
    for (const slug of reader.slugs) {
      const pages = reader.read(slug);
      while (!(await pages.next()).done);
    }
  } finally {
    reader.stop();
  }
  return reader;
}
