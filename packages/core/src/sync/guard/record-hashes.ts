import { hashText, type TextHash } from "../../hash-text.ts";

/** Room for 134 million records. Only written pages take memory; the rest is reserved addresses. */
const MAX_BYTES = 2 ** 30;
const FIRST_BYTES = 64 * 1024;
const BYTES_EACH = 8;

/**
 * Hashes of the records of a type, 8 bytes for each text such as an id: 8 MB for a million records, with a probability of
 * 1 in 37 million that two of them collide.
 */
export class RecordHashes {
  readonly #buffer: ArrayBuffer;
  /** Low half first: the layout of little-endian 64-bit numbers, as they are sorted. */
  readonly #halves: Uint32Array;
  readonly #scratch: TextHash = { high: 0, low: 0 };
  #count = 0;
  #added = 0;
  #isSorted = true;

  constructor() {
    this.#buffer = new ArrayBuffer(FIRST_BYTES, { maxByteLength: MAX_BYTES });
    this.#halves = new Uint32Array(this.#buffer);
  }

  /** Number of hashes; a text that was added twice counts twice until duplicates are dropped. */
  get count(): number {
    return this.#count;
  }

  /** Number of texts that were ever added. */
  get added(): number {
    return this.#added;
  }

  /** Returns the high half of the hash. */
  add(text: string): number {
    hashText(text, this.#scratch);
    this.addHalves(this.#scratch.high, this.#scratch.low);
    return this.#scratch.high;
  }

  /** Adds a hash by its two halves of 32 bits. */
  addHalves(high: number, low: number): void {
    this.#reserve(1);
    this.#halves[this.#count * 2] = low;
    this.#halves[this.#count * 2 + 1] = high;
    this.#count++;
    this.#added++;
    this.#isSorted = false;
  }

  /** Adds hashes as `bytes` returns them. */
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

  /** Returns the distinct hashes in order, 8 bytes each, as a view: use it before anything is added. */
  bytes(): Uint8Array<ArrayBuffer> {
    this.dropDuplicates();
    return new Uint8Array(this.#buffer, 0, this.#count * BYTES_EACH);
  }

  /** Drops duplicates and returns the number of distinct hashes. */
  countDifferent(): number {
    this.dropDuplicates();
    return this.#count;
  }

  /** Keeps each hash once and returns the number of dropped ones. */
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
   * Counts the hashes of a sorted list that are not here, and calls `onMissing` with each. The list comes in chunks of whole
   * hashes.
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

  /** The first index whose hash is not less than this one. */
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
    // Sorts in place, without a copy.
    new BigUint64Array(this.#buffer, 0, this.#count).sort();
    this.#isSorted = true;
  }
}
