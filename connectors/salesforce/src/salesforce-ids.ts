const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
const ID = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/;

/** Whether a text has the form of an id of an object whose ids begin with this prefix: `005` of a user. */
export function isIdOf(prefix: string, id: string): boolean {
  return ID.test(id) && id.startsWith(prefix);
}

/**
 * The 18 characters of an id. In 15 characters upper and lower case differ; the last three say which letters are upper
 * case. What is no id stays as it is.
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
