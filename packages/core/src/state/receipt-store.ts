import type { Receipt, ReceiptStatus } from "./receipt.ts";

/** The ids of a type, or the refs of accounts to one, as sorted hashes of 8 bytes each, little-endian. */
export type IdHashes = Uint8Array<ArrayBuffer>;

/** What a completed run read, as hashes. */
export interface ReadHashes {
  /** By slug. */
  ids: ReadonlyMap<string, IdHashes>;
  /** By the slug of the accounts, and by that of the groups or licenses that they refer to. */
  refs: ReadonlyMap<string, ReadonlyMap<string, IdHashes>>;
}

/** Where the receipts of one app are kept. */
export interface ReceiptStore {
  /** The newest receipt with one of these statuses. Throws where there is one that can't be read. */
  latest(...statuses: readonly ReceiptStatus[]): Promise<Receipt | undefined>;
  /** The ids that a completed run read, by slug, in chunks of whole hashes; only those of the newest one are kept. */
  ids(receipt: Receipt, slug: string): AsyncIterable<Uint8Array>;
  /** The refs of a type's accounts to the records of another, in the same way. */
  refs(receipt: Receipt, slug: string, target: string): AsyncIterable<Uint8Array>;
  /** `hashes` come with a completed run. Nothing of it is seen before all of it is kept. */
  write(receipt: Receipt, hashes?: ReadHashes): Promise<void>;
}

/** Keeps receipts as long as the process runs. */
export function createMemoryReceipts(): ReceiptStore & { readonly all: readonly Receipt[] } {
  const all: Receipt[] = [];
  let kept: ReadHashes = { ids: new Map(), refs: new Map() };
  return {
    all,
    async latest(...statuses) {
      return all.findLast(({ status }) => statuses.includes(status));
    },
    async *ids(_receipt, slug) {
      const hashes = kept.ids.get(slug);
      if (hashes) yield hashes;
    },
    async *refs(_receipt, slug, target) {
      const hashes = kept.refs.get(slug)?.get(target);
      if (hashes) yield hashes;
    },
    async write(receipt, hashes) {
      all.push(receipt);
      if (hashes)
        kept = {
          ids: copy(hashes.ids),
          refs: new Map([...hashes.refs].map(([slug, lists]) => [slug, copy(lists)])),
        };
    },
  };
}

function copy(lists: ReadonlyMap<string, IdHashes>): Map<string, IdHashes> {
  return new Map([...lists].map(([slug, hashes]) => [slug, hashes.slice()]));
}
