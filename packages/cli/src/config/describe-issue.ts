import type { z } from "zod";
import { hintAt } from "../hint-at.ts";
import { allowedKeys } from "./config-schema.ts";

/** Describes a problem in a config in one line: the key, the problem, and what is allowed. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  const at = issue.path.map(String).join(".");
  if (issue.code === "invalid_key") return `${at}: ${issue.issues[0]?.message ?? issue.message}`;
  if (issue.code !== "unrecognized_keys") return at ? `${at}: ${issue.message}` : issue.message;
  const prefix = at ? `${at}.` : "";
  const unknown = issue.keys.map((key) => `"${prefix}${key}"`).join(", ");
  const allowed = allowedKeys(issue.path);
  const noun = issue.keys.length === 1 ? "key" : "keys";
  const hint = hintAt(issue.keys, allowed, prefix);
  return `Unknown ${noun} ${unknown}${hint || "."} Allowed here: ${allowed.join(", ")}.`;
}
