import type { Kind } from "@bridgekit/client";
import type { FoundLosses } from "../guard/find-losses.ts";
import type { RecordHashes } from "../guard/record-hashes.ts";
import type { Baseline, KnownRecords } from "./baseline.ts";
import { contentOf, contentWithoutRefs } from "./content-of.ts";

export interface TypePlan {
  slug: string;
  type: Kind;
  read: number;
  created: number;
  /** Absent if only the last receipt is compared with, which does not keep the content of records. */
  updated?: number;
  removed: number;
  /**
   * For a group or license type: memberships or assignments of remaining accounts, in all and those that would be lost;
   * absent if unknown.
   */
  refs?: { live: number; lost: number };
  /** The first few ids of each sort; empty for removed records if only the last receipt is compared with. */
  samples: { created: readonly string[]; updated: readonly string[]; removed: readonly string[] };
}

const MAX_SAMPLES = 5;

interface Draft {
  known: KnownRecords;
  created: string[];
  createdCount: number;
  updated: string[];
  updatedCount: number;
}

/** Compares records one by one with a baseline, and keeps counts and a few samples. */
export class ChangeSet {
  readonly #drafts: ReadonlyMap<string, Draft>;

  constructor({ known }: Baseline) {
    const drafts = [...known].map(([slug, records]): [string, Draft] => [
      slug,
      { known: records, created: [], createdCount: 0, updated: [], updatedCount: 0 },
    ]);
    this.#drafts = new Map(drafts);
  }

  observe(slug: string, kind: Kind, record: { id: string }): void {
    const draft = this.#drafts.get(slug)!;
    const { ids, contents } = draft.known;
    if (!ids.has(record.id)) {
      draft.createdCount++;
      if (draft.created.length < MAX_SAMPLES) draft.created.push(record.id);
    } else if (contents && !isAmong(contents, kind, record)) {
      draft.updatedCount++;
      if (draft.updated.length < MAX_SAMPLES) draft.updated.push(record.id);
    }
  }

  /** Returns what all records together would change. `read`: the ids that were read; `kinds`: the kind of each type. */
  async finish(
    { losses, gone }: FoundLosses,
    { read, kinds }: { read: ReadonlyMap<string, RecordHashes>; kinds: ReadonlyMap<string, Kind> },
  ): Promise<TypePlan[]> {
    const types: TypePlan[] = [];
    for (const [slug, { known, created, createdCount, updated, updatedCount }] of this.#drafts) {
      const refs = losses.find((loss) => loss.slug === slug && loss.of === "refs");
      const missing = gone.get(slug);
      types.push({
        slug,
        type: kinds.get(slug)!,
        read: read.get(slug)?.countDifferent() ?? 0,
        created: createdCount,
        ...(known.contents && { updated: updatedCount }),
        removed: missing?.count ?? 0,
        ...(refs && { refs: { live: refs.live, lost: refs.lost } }),
        samples: { created, updated, removed: missing ? await findSamples(known, missing) : [] },
      });
    }
    return types;
  }
}

function isAmong(
  contents: RecordHashes,
  kind: Kind,
  record: { id: string; unknown_refs?: readonly string[] },
): boolean {
  if (contents.has(contentOf(kind, record))) return true;
  return kind === "account" && (record.unknown_refs ?? []).length > 0 && contents.has(contentWithoutRefs(record));
}

async function findSamples({ names }: KnownRecords, missing: RecordHashes): Promise<string[]> {
  const samples: string[] = [];
  if (!names || missing.count === 0) return samples;
  for await (const name of names()) {
    if (missing.has(name)) samples.push(name);
    if (samples.length === Math.min(MAX_SAMPLES, missing.count)) break;
  }
  return samples;
}
