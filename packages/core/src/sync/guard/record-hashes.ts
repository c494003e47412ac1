import { hashText, type TextHash } from "../../hash-text.ts";

/** Room for 134 million records. Only what is written is kept in memory; the rest is an address range. */
const MAX_BYTES = 2 ** 30;
const FIRST_BYTES = 64 * 1024;
const BYTES_EACH = 8;

/**
 * What is remembered of the records of a type: 8 bytes for each, a hash of a text such as its id. A million records are
 * 8 MB. Two texts are taken for one with a probability of 1 in 37 million for a million records.
 */
export class RecordHashes {
  readonly #buffer: ArrayBuffer;
  /** Low half first, as the 64-bit numbers of the sorted form are laid out. */
  readonly #halves: Uint32Array;
  readonly #scratch: TextHash = { high: 0, low: 0 };
  #count = 0;
  #added = 0;
  #isSorted = true;

  constructor() {
    this.#buffer = new ArrayBuffer(FIRST_BYTES, { maxByteLength: MAX_BYTES });
    this.#halves = new Uint32Array(this.#buffer);
  }

  /** How many there are; a text that was added twice counts twice until duplicates are dropped. */
  get count(): number {
    return this.#count;
  }

  /** How many texts were ever added. */
  get added(): number {
    return this.#added;
  }

  /** Returns the high half of the hash. */
  add(text: string): number {
    hashText(text, this.#scratch);
    this.addHalves(this.#scratch.high, this.#scratch.low);
    return this.#scratch.high;
  }

  /** Adds a hash that is made of two halves, 32 bits each. */
  addHalves(high: number, low: number): void {
    this.#reserve(1);
    this.#halves[this.#count * 2] = low;
    this.#halves[this.#count * 2 + 1] = high;
    this.#count++;
    this.#added++;
    this.#isSorted = false;
  }

  /** Adds what `bytes` gave. */
  addBytes(bytes: Uint8Array): void {
    const count = Math.floor(bytes.byteLength / BYTES_EACH);
    this.#reserve(count);
    new Uint8Array(this.#buffer).set(bytes.subarray(0, count * BYTES_EACH), this.#count * BYTES_EACH);
    this.#count += count;
    this.#isSorted = false;
  }

  has(text: string): boolean {
    hashText(text, this.#scratch);
    const { high, low } = this.#scratch;
    const index = this.#firstFrom(high, low);
    return index < this.#count && this.#compare(index, high, low) === 0;
  }

  /** Whether there is a hash with this high half. */
  hasHigh(high: number): boolean {
    const index = this.#firstFrom(high, 0);
    return index < this.#count && this.#halves[index * 2 + 1] === high;
  }

  /** Calls back with each hash, in order. */
  forEach(take: (high: number, low: number) => void): void {
    this.#sort();
    for (let index = 0; index < this.#count; index++) take(this.#halves[index * 2 + 1]!, this.#halves[index * 2]!);
  }

  /** The different hashes in order, 8 bytes each. A view of what is kept: use it before anything is added. */
  bytes(): Uint8Array<ArrayBuffer> {
    this.dropDuplicates();
    return new Uint8Array(this.#buffer, 0, this.#count * BYTES_EACH);
  }

  /** How many different hashes there are. Keeps each of them once. */
  countDifferent(): number {
    this.dropDuplicates();
    return this.#count;
  }

  /** Keeps each hash once, and answers how many there were too many. */
  dropDuplicates(): number {
    this.#sort();
    const halves = this.#halves;
    let kept = 0;
    for (let index = 0; index < this.#count; index++) {
      const [low, high] = [halves[index * 2]!, halves[index * 2 + 1]!];
      if (kept > 0 && low === halves[kept * 2 - 2] && high === halves[kept * 2 - 1]) continue;
      halves[kept * 2] = low;
      halves[kept * 2 + 1] = high;
      kept++;
    }
    const dropped = this.#count - kept;
    this.#count = kept;
    return dropped;
  }

  /**
   * How many hashes of a sorted list, which comes in chunks of whole hashes, are not here; `onMissing` is called with each.
   */
  async countMissing(
    sortedChunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    onMissing?: (high: number, low: number) => void,
  ): Promise<number> {
    this.#sort();
    let missing = 0;
    let at = 0;
    for await (const chunk of sortedChunks) {
      const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      for (let offset = 0; offset < chunk.byteLength; offset += BYTES_EACH) {
        const low = view.getUint32(offset, true);
        const high = view.getUint32(offset + 4, true);
        while (at < this.#count && this.#compare(at, high, low) < 0) at++;
        if (at < this.#count && this.#compare(at, high, low) === 0) continue;
        missing++;
        onMissing?.(high, low);
      }
    }
    return missing;
  }

  /** The first index whose hash is not before this one. */
  #firstFrom(high: number, low: number): number {
    this.#sort();
    let from = 0;
    let to = this.#count;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.#compare(middle, high, low) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  #compare(index: number, high: number, low: number): number {
    return this.#halves[index * 2 + 1]! - high || this.#halves[index * 2]! - low;
  }

  #reserve(more: number): void {
    const needed = (this.#count + more) * BYTES_EACH;
    if (needed <= this.#buffer.byteLength) return;
    this.#buffer.resize(Math.min(MAX_BYTES, Math.max(needed, this.#buffer.byteLength * 1.5) & ~7));
  }

  #sort(): void {
    if (this.#isSorted) return;
    // In place: the platform sorts the numbers without a copy.
    new BigUint64Array(this.#buffer, 0, this.#count).sort();
    this.#isSorted = true;
  }
}
