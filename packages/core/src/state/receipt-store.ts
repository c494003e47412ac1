import type { Receipt, ReceiptStatus } from "./receipt.ts";

/** The ids of a type, or the refs of accounts to one, as sorted hashes of 8 bytes each, little-endian. */
export type IdHashes = Uint8Array<ArrayBuffer>;

/** Hashes of what a completed run read. */
export interface ReadHashes {
  /** By slug. */
  ids: ReadonlyMap<string, IdHashes>;
  /** By the slug of the accounts, then by the slug of the groups or licenses that they refer to. */
  refs: ReadonlyMap<string, ReadonlyMap<string, IdHashes>>;
}

/** Keeps the receipts of one app. */
export interface ReceiptStore {
  /** Returns the newest receipt with one of these statuses. Throws if it can't be read. */
  latest(...statuses: readonly ReceiptStatus[]): Promise<Receipt | undefined>;
  /** Yields the ids that a completed run read of a type, in chunks of whole hashes; only the newest run has them. */
  ids(receipt: Receipt, slug: string): AsyncIterable<Uint8Array>;
  /** Yields the refs from accounts of one type to records of another, in the same way. */
  refs(receipt: Receipt, slug: string, target: string): AsyncIterable<Uint8Array>;
  /** Writes a receipt, and the hashes of a completed run; readers see all of it or nothing. */
  write(receipt: Receipt, hashes?: ReadHashes): Promise<void>;
}

/** The bytes of one hash. */
export const HASH_BYTES = 8;

/** How many ids a completed run read of a type. */
export function countIds({ types }: Receipt, slug: string): number {
  const type = types[slug];
  return type ? type.read - type.duplicates : 0;
}

/** How many different refs it read from accounts of one type to records of another. */
export function countRefs({ types }: Receipt, slug: string, target: string): number {
  return types[slug]?.refs?.[target] ?? 0;
}

/**
 * Chooses from receipts, newest first, which are no longer needed and which one keeps its hashes. Beside the newest ones,
 * the last completed run and the last one with a cursor are needed.
 */
export function chooseReceipts<R extends Pick<Receipt, "status">>(
  newestFirst: readonly R[],
  keep: number,
): { old: R[]; compared: R | undefined } {
  const compared = newestFirst.find(({ status }) => status === "completed");
  const withCursor = newestFirst.find(({ status }) => status === "completed" || status === "updated");
  const old = newestFirst.slice(keep).filter((receipt) => receipt !== compared && receipt !== withCursor);
  return { old, compared };
}

/** Keeps receipts until the process ends. */
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
