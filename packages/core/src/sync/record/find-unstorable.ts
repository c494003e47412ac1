import { within, type Fault } from "./find-fault.ts";

const MAX_DEPTH = 32;

// More digits than any whole number has that is kept exactly, or just as many.
const LONG_NUMBER = /\d{16}/;

/** Whether a page's JSON may hold what the Bridge refuses. Looks at the text once; rarely true without reason. */
export function maybeUnstorable(json: string): boolean {
  return json.includes("\\u0000") || json.includes("\\ud") || json.includes("\uFEFF") || LONG_NUMBER.test(json);
}

/**
 * What JSON allows and the Bridge refuses: NUL characters, half surrogate pairs, a byte order mark at a beginning, and whole
 * numbers beyond 2^53, which have been altered already.
 */
export function findUnstorable(value: unknown, depth = 0): Fault | undefined {
  if (typeof value === "string") {
    const isStorable = !value.includes("\0") && value.isWellFormed() && !value.startsWith("\uFEFF");
    const reason = "holds a NUL character or half a surrogate pair, or begins with a byte order mark";
    return isStorable ? undefined : { path: [], reason, value };
  }
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21)
    return { path: [], reason: "is a number that is not kept exactly; tell it as a text", value };
  if (typeof value !== "object" || value === null) return undefined;
  if (depth === MAX_DEPTH)
    return { path: [], reason: `is nested more than ${MAX_DEPTH} levels deep`, value: undefined };
  for (const [name, child] of Object.entries(value)) {
    const found = findUnstorable(name, depth + 1) ?? findUnstorable(child, depth + 1);
    if (found) return within(Array.isArray(value) ? Number(name) : name, found);
  }
  return undefined;
}
