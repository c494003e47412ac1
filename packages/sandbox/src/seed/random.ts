/** Pseudo-random numbers: the same seed gives the same numbers on every machine. */
export interface Random {
  /** From 0, below 1. */
  next(): number;
  /** A whole number from 0, below `limit`. */
  below(limit: number): number;
  pick<T>(list: readonly T[]): T;
  /** Hexadecimal digits, for ids. */
  hex(length: number): string;
  /** In the form of a version 4 UUID. */
  uuid(): string;
}

/** mulberry32. */
export function createRandom(seed: string | number): Random {
  let state = 0;
  for (const character of String(seed)) state = (Math.imul(state, 31) + character.charCodeAt(0)) | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const hex = (length: number) => Array.from({ length }, () => below(16).toString(16)).join("");
  return {
    next,
    below,
    pick: (list) => {
      if (list.length === 0) throw new RangeError("Cannot pick from an empty list.");
      return list[below(list.length)]!;
    },
    hex,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${"89ab"[below(4)]}${hex(3)}-${hex(12)}`,
  };
}
