import { readLive, readReceipt, NOTHING_BEFORE, type Before, type BeforeOptions } from "../guard/before.ts";
import { openLiveRecords } from "../guard/live-records.ts";
import { RecordHashes } from "../guard/record-hashes.ts";
import { contentOf, contentWithoutRefs } from "./content-of.ts";

/** The records of a type that a plan compares with. */
export interface KnownRecords {
  ids: RecordHashes;
  /** Hashes of whole records; absent if unknown. */
  contents?: RecordHashes;
  /** Lists the ids again in full; absent if unknown. */
  names?: () => AsyncIterable<string>;
}

/** What a plan is compared with. */
export interface Baseline extends Before {
  /** By slug, for each declared type and each type that existed before. */
  known: ReadonlyMap<string, KnownRecords>;
}

/** Reads what is live if the Bridge lists it, otherwise what the last completed run read, otherwise nothing. */
export async function readBaseline(options: BeforeOptions): Promise<Baseline> {
  const known = new Map<string, KnownRecords>();
  const knownOf = (slug: string) => {
    const found = known.get(slug) ?? { ids: new RecordHashes() };
    known.set(slug, found);
    return found;
  };
  for (const slug of Object.keys(options.connection.connector.resourceTypes)) knownOf(slug);
  const live = await readLive(options, (slug, record, kind) => {
    const { ids, contents } = withContents(knownOf(slug));
    ids.add(record.id);
    contents.add(contentOf(kind, record));
    if (kind === "account" && (record.memberships ?? record.assignments)) contents.add(contentWithoutRefs(record));
  });
  if (live) {
    for (const slug of live.types.keys()) withContents(knownOf(slug)).names = () => namesOf(options, slug);
    return { ...live, known };
  }
  const last = await options.receipts?.latest("completed");
  if (last) {
    const before = readReceipt(last, options.receipts!);
    for (const [slug, { ids }] of before.types)
      for await (const chunk of ids.chunks()) knownOf(slug).ids.addBytes(chunk);
    return { ...before, known };
  }
  for (const found of known.values()) withContents(found);
  return { ...NOTHING_BEFORE, known };
}

function withContents(known: KnownRecords): KnownRecords & { contents: RecordHashes } {
  return Object.assign(known, { contents: known.contents ?? new RecordHashes() });
}

async function* namesOf({ bridge, appId, signal }: BeforeOptions, slug: string): AsyncGenerator<string> {
  if (appId === undefined) return;
  for await (const { data } of (await openLiveRecords(bridge, { appId, slug, signal })) ?? []) yield data.id;
}
