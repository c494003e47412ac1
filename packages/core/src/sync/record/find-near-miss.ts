/** Names of this length and more are taken for another one where so many letters differ. */
const ALLOWED_EDITS = [
  { length: 10, edits: 2 },
  { length: 6, edits: 1 },
] as const;

/**
 * The field that a name which is none was probably meant to be: the same but for case and separators (`First Name`), two
 * neighbours exchanged (`emial`), or a letter or two more, less or other, where the name is long enough (`membership`).
 * Of short names such as `mail` nothing is guessed: they may well be a field of the system's own.
 */
export function findNearMiss(name: string, fields: readonly string[]): string | undefined {
  const plain = toPlain(name);
  return fields.find((field) => {
    const meant = toPlain(field);
    if (plain === meant) return true;
    const edits = ALLOWED_EDITS.find(({ length }) => meant.length >= length)?.edits ?? 0;
    return (
      isExchanged(plain, meant) || (Math.abs(plain.length - meant.length) <= edits && distance(plain, meant) <= edits)
    );
  });
}

function toPlain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/** Whether two neighbouring letters are exchanged, and nothing else. */
function isExchanged(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const exchanged = one.slice(0, at) + one.charAt(at + 1) + one.charAt(at) + one.slice(at + 2);
  return at < one.length && exchanged === other;
}

/** How many letters have to be added, removed or replaced (Levenshtein). */
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
