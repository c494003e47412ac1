import { createHash } from "node:crypto";
import type { Kind } from "@bridgekit/client";
import type { Baseline, TypeBaseline } from "./baseline.ts";
import { contentOf } from "./content-of.ts";
import { RecordHashes } from "./record-hashes.ts";

export interface TypePlan {
  slug: string;
  type: Kind;
  read: number;
  created: number;
  /** Absent where only the last receipt is compared with, which does not keep what a record was like. */
  updated?: number;
  removed: number;
  /** The first few ids of each sort; those removed are not known by name where only the last receipt is. */
  samples: { created: readonly string[]; updated: readonly string[]; removed: readonly string[] };
}

/** What a sync would do now. */
export interface Plan {
  /** What the system was compared with: what is live on the Bridge, the last receipt, or nothing at all. */
  comparedWith: Baseline["kind"];
  types: readonly TypePlan[];
  /** The same for the same changes. `approve` takes it. */
  hash: string;
}

const MAX_SAMPLES = 5;

interface TypeDraft {
  base: TypeBaseline;
  read: RecordHashes;
  created: string[];
  createdCount: number;
  updated: string[];
  updatedCount: number;
}

/** Notices, record by record, what differs from a baseline. Keeps hashes of 8 bytes and a few samples. */
export class ChangeSet {
  readonly #baseline: Baseline;
  readonly #drafts = new Map<string, TypeDraft>();
  readonly #changes = new RecordHashes();
  /** Groups and licenses that an account refers to are not removed, though no stream tells them. */
  readonly #referred = new Map<string, Set<string>>();

  constructor(baseline: Baseline) {
    this.#baseline = baseline;
    for (const [slug, base] of baseline.types)
      this.#drafts.set(slug, {
        base,
        read: new RecordHashes(),
        created: [],
        createdCount: 0,
        updated: [],
        updatedCount: 0,
      });
  }

  observe(slug: string, record: { id: string }): void {
    const draft = this.#drafts.get(slug)!;
    const { base, read } = draft;
    read.add(record.id);
    this.#noteRefs(record);
    const content = contentOf(record);
    if (!base.ids.has(record.id)) {
      draft.createdCount++;
      if (draft.created.length < MAX_SAMPLES) draft.created.push(record.id);
      this.#changes.add(`created ${slug} ${content}`);
    } else if (base.contents && !base.contents.has(content)) {
      draft.updatedCount++;
      if (draft.updated.length < MAX_SAMPLES) draft.updated.push(record.id);
      this.#changes.add(`updated ${slug} ${content}`);
    }
  }

  /** What all records together would change. */
  async finish(): Promise<Plan> {
    const types: TypePlan[] = [];
    for (const [slug, draft] of this.#drafts) types.push(await this.#finishType(slug, draft));
    const digest = createHash("sha256");
    for (const { slug, read, created, updated, removed } of types)
      digest.update(`\n${slug} ${read} ${created} ${updated ?? "-"} ${removed}`);
    const hash = digest.update(this.#changes.bytes()).digest("hex").slice(0, 16);
    return { comparedWith: this.#baseline.kind, types, hash };
  }

  async #finishType(slug: string, draft: TypeDraft): Promise<TypePlan> {
    const { base, read, created, createdCount, updated, updatedCount } = draft;
    const total = read.count - read.dropDuplicates();
    const referred = this.#referred.get(slug);
    for (const id of referred ?? []) if (base.ids.has(id)) read.add(id);
    let removed = 0;
    const samples: string[] = [];
    const gone = base.names?.();
    if (gone) {
      for await (const id of gone) {
        if (read.has(id)) continue;
        removed++;
        if (samples.length < MAX_SAMPLES) samples.push(id);
        this.#changes.add(`removed ${slug} ${id}`);
      }
    } else {
      const note = (hash: string) => this.#changes.add(`removed ${slug} ${hash}`);
      removed = await read.countMissing([base.ids.bytes()], note);
    }
    return {
      slug,
      type: base.type,
      read: total,
      created: createdCount,
      ...(base.contents && { updated: updatedCount }),
      removed,
      samples: { created, updated, removed: samples },
    };
  }

  #noteRefs(record: object): void {
    const { memberships, assignments } = record as Record<
      string,
      Record<string, readonly { id: string }[]> | undefined
    >;
    for (const refs of [memberships, assignments])
      for (const slug in refs) {
        let ids = this.#referred.get(slug);
        if (!ids) this.#referred.set(slug, (ids = new Set()));
        for (const { id } of refs[slug] ?? []) ids.add(id);
      }
  }
}
