import { hashText, type TextHash } from "../../hash-text.ts";
import { RecordHashes } from "./record-hashes.ts";

type Refs = Record<string, readonly { id: string }[] | undefined> | undefined;

interface AccountRefs {
  memberships?: Refs;
  assignments?: Refs;
  unknown_refs?: readonly string[];
}

/**
 * What the accounts of a type refer to, by the slug of the group or license: 8 bytes for each ref, half from the hash of
 * the account's id and half from that of the ref's.
 */
export class RefHashes {
  readonly bySlug = new Map<string, RecordHashes>();
  /** Accounts whose refs of a slug are unknown, by the slug. */
  readonly #unknown = new Map<string, RecordHashes>();
  readonly #scratch: TextHash = { high: 0, low: 0 };

  /** Adds the refs of an account. `high`: the high half of the hash of its id. */
  add(high: number, record: object): void {
    const { memberships, assignments, unknown_refs: unknown } = record as AccountRefs;
    if (memberships) this.#addAll(high, memberships);
    if (assignments) this.#addAll(high, assignments);
    if (unknown) for (const slug of unknown) listOf(this.#unknown, slug).addHalves(high, 0);
  }

  /** Whether the refs of a slug are unknown for the account: they stay as they are. */
  isUnknown(slug: string, high: number): boolean {
    return this.#unknown.get(slug)?.hasHigh(high) ?? false;
  }

  /** Adds refs that stay as they are. */
  keep(slug: string, kept: RecordHashes): void {
    const hashes = listOf(this.bySlug, slug);
    kept.forEach((high, low) => hashes.addHalves(high, low));
  }

  #addAll(high: number, refs: NonNullable<Refs>): void {
    for (const slug in refs) {
      const list = refs[slug];
      if (!list || list.length === 0) continue;
      const hashes = listOf(this.bySlug, slug);
      for (const { id } of list) {
        hashText(id, this.#scratch);
        hashes.addHalves(high, this.#scratch.low);
      }
    }
  }
}

function listOf(lists: Map<string, RecordHashes>, slug: string): RecordHashes {
  let hashes = lists.get(slug);
  if (!hashes) lists.set(slug, (hashes = new RecordHashes()));
  return hashes;
}
