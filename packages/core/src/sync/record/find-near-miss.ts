/** How many letters may differ, by the length of the field. */
const ALLOWED_EDITS = [
  { length: 10, edits: 2 },
  { length: 6, edits: 1 },
] as const;

/**
 * Returns the field that an unknown name probably means: the same but for case and separators (`First Name`), with two
 * neighbouring letters swapped (`emial`), or with a letter or two added, removed or replaced in a long name (`membership`).
 * Short names such as `mail` are not guessed at: they may be a field of the system.
 */
export function findNearMiss(name: string, fields: readonly string[]): string | undefined {
  const plain = toPlain(name);
  return fields.find((field) => {
    const meant = toPlain(field);
    if (plain === meant) return true;
    const edits = ALLOWED_EDITS.find(({ length }) => meant.length >= length)?.edits ?? 0;
    return (
      isSwapped(plain, meant) || (Math.abs(plain.length - meant.length) <= edits && distance(plain, meant) <= edits)
    );
  });
}

function toPlain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/** Whether the names differ only by two swapped neighbouring letters. */
function isSwapped(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const swapped = one.slice(0, at) + one.charAt(at + 1) + one.charAt(at) + one.slice(at + 2);
  return at < one.length && swapped === other;
}

/** The Levenshtein distance: letters added, removed or replaced. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let index = 0; index < one.length; index++) {
    const next = [index + 1];
    for (let at = 0; at < other.length; at++)
      next.push(Math.min(next[at]! + 1, row[at + 1]! + 1, row[at]! + (one[index] === other[at] ? 0 : 1)));
    row = next;
  }
  return row.at(-1)!;
}
