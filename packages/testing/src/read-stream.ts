import type { Connection } from "@bridgekit/core/run";

export interface StreamRead {
  /** Records of any shape: what a stream yields is its connector's, and a test looks into it. */
  records: any[];
  /** What the stream said to be missing. */
  missing: string[];
  /** What it said of refs that are not known, as `slug: reason`. */
  unknownRefs: string[];
}

/** Reads the stream of a slug to its end, in a run of its own, without a Bridge; what it throws is thrown. */
export async function readStream(connection: Connection, slug: string): Promise<StreamRead> {
  const [read] = await readStreams(connection, [slug]);
  return read!;
}

/** The same with several streams of one run, one after another. */
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
