import type { Connection } from "@bridgekit/core/run";

export interface StreamRead {
  /** Records of any shape: what a stream yields is its connector's, and a test looks into it. */
  records: any[];
  /** What the stream said to be missing. */
  missing: string[];
  /** What it said of refs that are not known, as `slug: reason`. */
  unknownRefs: string[];
}

/**
 * Reads the stream of a slug to its end, without a Bridge; what it throws is thrown. Reads with the same signal are of one
 * run, by which a client may remember what it has read.
 */
export async function readStream(
  { connector, client, logger }: Connection,
  slug: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<StreamRead> {
  const missing: string[] = [];
  const partial = (reason: string) => void missing.push(reason);
  const unknownRefs: string[] = [];
  const sayUnknown = (type: string, reason: string) => void unknownRefs.push(`${type}: ${reason}`);
  const context = { client, logger, signal, partial, unknownRefs: sayUnknown };
  const records = await Array.fromAsync(connector.sync[slug]!(context));
  return { records, missing, unknownRefs };
}
