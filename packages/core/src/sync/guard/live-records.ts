import { isApiError, type BridgeClient, type LiveRecord } from "@bridgekit/client";

/** Opens the list of live records of a type. Returns undefined if the Bridge lacks this extension. */
export async function openLiveRecords(
  bridge: BridgeClient,
  { appId, slug, signal }: { appId: string; slug: string; signal: AbortSignal | undefined },
): Promise<AsyncIterable<LiveRecord> | undefined> {
  const records = bridge.listRecords(appId, slug, signal && { signal });
  try {
    const first = await records.next();
    return live(first, records);
  } catch (error) {
    if (error instanceof TypeError || (isApiError(error) && [403, 404, 405].includes(error.status))) return undefined;
    throw error;
  }
}

async function* live(
  first: IteratorResult<LiveRecord, unknown>,
  more: AsyncGenerator<LiveRecord>,
): AsyncGenerator<LiveRecord> {
  if (first.done) return;
  if (first.value.removed_at === null) yield first.value;
  for await (const record of more) if (record.removed_at === null) yield record;
}
