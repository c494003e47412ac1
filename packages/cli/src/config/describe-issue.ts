import type { z } from "zod";
import { allowedKeys } from "./config-schema.ts";

/** Describes a problem in a config in one line: the key, the problem, and what is allowed. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  const at = issue.path.map(String).join(".");
  if (issue.code === "invalid_key") return `${at}: ${issue.issues[0]?.message ?? issue.message}`;
  if (issue.code !== "unrecognized_keys") return at ? `${at}: ${issue.message}` : issue.message;
  const prefix = at ? `${at}.` : "";
  const unknown = issue.keys.map((key) => `"${prefix}${key}"`).join(", ");
  const allowed = allowedKeys(issue.path);
  const meant = allowed.find((key) => issue.keys.some((unknownKey) => isSimilar(key, unknownKey)));
  const noun = issue.keys.length === 1 ? "key" : "keys";
  const hint = meant ? `; did you mean "${prefix}${meant}"?` : ".";
  return `Unknown ${noun} ${unknown}${hint} Allowed here: ${allowed.join(", ")}.`;
}

/** Whether two keys differ by one letter added, dropped, changed or swapped, or only in case. */
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
