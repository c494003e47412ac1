import { isDeepStrictEqual } from "node:util";

/** A placeholder in an expected response for a value that the protocol does not fully determine. */
export class Rough {
  readonly meaning: string;
  readonly accepts: (value: unknown) => boolean;

  constructor(meaning: string, accepts: (value: unknown) => boolean) {
    this.meaning = meaning;
    this.accepts = accepts;
  }

  toJSON(): string {
    return `<${this.meaning}>`;
  }
}

export const anything = new Rough("anything", () => true);

export function between(least: number, most: number): Rough {
  return new Rough(`${least} to ${most}`, (value) => Number(value) >= least && Number(value) <= most);
}

/** A text that contains all of the words. */
export function textWith(words: readonly (string | number)[]): Rough {
  return new Rough(`text with ${words.join(", ")}`, (value) =>
    words.every((word) => String(value).includes(`${word}`)),
  );
}

/** Whether a value is exactly the expected one, apart from placeholders. */
export function isAsExpected(value: unknown, expected: unknown): boolean {
  if (expected instanceof Rough) return expected.accepts(value);
  if (typeof expected !== "object" || expected === null || Array.isArray(expected))
    return isDeepStrictEqual(value, expected);
  if (typeof value !== "object" || value === null) return false;
  const names = new Set([...Object.keys(value), ...Object.keys(expected)]);
  return [...names].every((name) =>
    isAsExpected(value[name as keyof typeof value], expected[name as keyof typeof expected]),
  );
}
