import type { Connection } from "@bridgekit/core/run";

export interface StreamRead {
  /** Untyped, so that a test can read any field. */
  records: any[];
  /** What the stream reported as missing. */
  missing: string[];
  /** Refs that it reported as unknown, as `slug: reason`. */
  unknownRefs: string[];
}

/** Reads the stream of a slug to its end, in a separate run without a Bridge; errors are passed on. */
export async function readStream(connection: Connection, slug: string): Promise<StreamRead> {
  const [read] = await readStreams(connection, [slug]);
  return read!;
}

/** Reads several streams of one run, one after another. */
export async function readStreams(
  { connector, client, logger }: Connection,
  slugs: readonly string[],
): Promise<StreamRead[]> {
  let current: StreamRead = { records: [], missing: [], unknownRefs: [] };
  const streams = connector.sync({
    client,
    logger,
    signal: new AbortController().signal,
    partial: (reason) => void current.missing.push(reason),
    unknownRefs: (slug, reason) => void current.unknownRefs.push(`${slug}: ${reason}`),
  });
  const reads: StreamRead[] = [];
  for (const slug of slugs) {
    current = { records: [], missing: [], unknownRefs: [] };
    reads.push(current);
    for await (const record of streams[slug]!()) current.records.push(record);
  }
  return reads;
}
