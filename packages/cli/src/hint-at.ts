/** Whether two names differ by one letter added, dropped, changed or swapped, or only in case. */
function isSimilar(known: string, typed: string): boolean {
  const a = known.toLowerCase();
  const b = typed.toLowerCase();
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  // The length that differs between the common start and the common end; 2 if two letters are swapped.
  return Math.max(a.length, b.length) - start - end <= 2;
}

/** `; did you mean "wiki"?`, with the prefix before the name, or nothing if no known name is like one of the typed ones. */
export function hintAt(typed: readonly string[], known: readonly string[], prefix = ""): string {
  const meant = known.find((name) => typed.some((each) => isSimilar(name, each)));
  return meant === undefined ? "" : `; did you mean "${prefix}${meant}"?`;
}
