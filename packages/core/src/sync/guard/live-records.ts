import type { BridgeClient, LiveRecord } from "@bridgekit/client";
import { ifOffered } from "../../if-offered.ts";

/** Opens the list of live records of a type. Returns undefined if the Bridge lacks this extension. */
export async function openLiveRecords(
  bridge: BridgeClient,
  { appId, slug, signal }: { appId: string; slug: string; signal: AbortSignal | undefined },
): Promise<AsyncIterable<LiveRecord> | undefined> {
  const records = bridge.listRecords(appId, slug, signal && { signal });
  const first = await ifOffered(() => records.next());
  return first && live(first, records);
}

async function* live(
  first: IteratorResult<LiveRecord, unknown>,
  more: AsyncGenerator<LiveRecord>,
): AsyncGenerator<LiveRecord> {
  if (first.done) return;
  if (first.value.removed_at === null) yield first.value;
  for await (const record of more) if (record.removed_at === null) yield record;
}
