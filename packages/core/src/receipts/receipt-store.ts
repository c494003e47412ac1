import type { Receipt, ReceiptStatus } from "./receipt.ts";

/** The ids of a type as sorted hashes of 8 bytes each, little-endian. */
export type IdHashes = Uint8Array<ArrayBuffer>;

/** Where the receipts of one app are kept. */
export interface ReceiptStore {
  /** The newest receipt with one of these statuses. Throws where there is one that can't be read. */
  latest(...statuses: readonly ReceiptStatus[]): Promise<Receipt | undefined>;
  /** The ids that a completed run read, by slug, in chunks of whole hashes; only those of the newest one are kept. */
  ids(receipt: Receipt, slug: string): AsyncIterable<Uint8Array>;
  /** `ids` come with a completed run. Nothing of it is seen before all of it is kept. */
  write(receipt: Receipt, ids?: ReadonlyMap<string, IdHashes>): Promise<void>;
}

/** Keeps receipts as long as the process runs. */
export function createMemoryReceipts(): ReceiptStore & { readonly all: readonly Receipt[] } {
  const all: Receipt[] = [];
  let kept = new Map<string, IdHashes>();
  return {
    all,
    async latest(...statuses) {
      return all.findLast(({ status }) => statuses.includes(status));
    },
    async *ids(_receipt, slug) {
      const hashes = kept.get(slug);
      if (hashes) yield hashes;
    },
    async write(receipt, ids) {
      all.push(receipt);
      if (ids) kept = new Map([...ids].map(([slug, hashes]) => [slug, hashes.slice()]));
    },
  };
}
