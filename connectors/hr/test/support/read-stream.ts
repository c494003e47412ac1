import type { Connection } from "@bridgekit/core";

/** What the stream of a slug yields, and what it said to be missing. Streams with one signal are of one run. */
export async function readStream(
  connection: Connection,
  slug: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<{ records: any[]; missing: string[] }> {
  const missing: string[] = [];
  const records: unknown[] = [];
  const { client, logger } = connection;
  const partial = (reason: string) => void missing.push(reason);
  for await (const record of connection.connector.sync[slug]!({ client, logger, signal, partial }))
    records.push(record);
  return { records, missing };
}
