const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
const ID = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/;

/** Whether a text is a well-formed id with this prefix: `005` for users. */
export function isIdOf(prefix: string, id: string): boolean {
  return ID.test(id) && id.startsWith(prefix);
}

/**
 * Returns an id with 18 characters. The 15-character form is case-sensitive; the last three encode the case. A text that is
 * not an id is returned unchanged.
 */
export function toId18(id: string): string {
  if (!ID.test(id)) return id;
  const short = id.slice(0, 15);
  const suffix = [0, 5, 10].map((start) => {
    const chunk = short.slice(start, start + 5);
    const bits = Array.from(chunk).reduce((sum, letter, index) => sum + (/[A-Z]/.test(letter) ? 1 << index : 0), 0);
    return LETTERS[bits];
  });
  return short + suffix.join("");
}
