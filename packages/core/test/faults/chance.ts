import { createHash } from "node:crypto";

/** Decides by a seed: the same name and count give the same decision, in any order of calls. */
export class Chance {
  readonly #seed: string;
  readonly #asked = new Map<string, number>();

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** From 0, below 1. */
  next(name: string): number {
    const time = this.#asked.get(name) ?? 0;
    this.#asked.set(name, time + 1);
    return createHash("sha256").update(`${this.#seed} ${name} ${time}`).digest().readUInt32BE() / 2 ** 32;
  }

  /** A whole number from 0, below `limit`. */
  below(name: string, limit: number): number {
    return Math.floor(this.next(name) * limit);
  }

  happens(name: string, probability: number): boolean {
    return this.next(name) < probability;
  }

  pick<T>(name: string, list: readonly T[]): T {
    return list[this.below(name, list.length)]!;
  }
}
