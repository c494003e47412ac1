import type { z } from "zod";
import { allowedKeys } from "./config-schema.ts";

/** One line on what is wrong with a config: the key, the fault, and what is allowed. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  const at = issue.path.map(String).join(".");
  if (issue.code === "invalid_key") return `${at}: ${issue.issues[0]?.message ?? issue.message}`;
  if (issue.code !== "unrecognized_keys") return at ? `${at}: ${issue.message}` : issue.message;
  const unknown = issue.keys.map((key) => (at ? `${at}.${key}` : key)).join(", ");
  const allowed = allowedKeys(issue.path);
  const meant = allowed.find((key) => issue.keys.some((unknownKey) => isSimilar(key, unknownKey)));
  return `${unknown} is no known key${meant ? `; did you mean ${meant}?` : "."} Allowed here: ${allowed.join(", ")}.`;
}

/** Whether one key is the other with a letter more, less, changed or swapped, or in other case. */
function isSimilar(known: string, typed: string): boolean {
  const a = known.toLowerCase();
  const b = typed.toLowerCase();
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  // What differs between the common beginning and the common end: two letters where they are swapped.
  return Math.max(a.length, b.length) - start - end <= 2;
}
