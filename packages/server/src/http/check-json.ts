import { findLoss } from "./find-loss.ts";
import { HttpError } from "./http-error.ts";

/** Maximum nesting depth of a body. */
export const MAX_DEPTH = 32;

/** What is wrong, and where. The path grows on the way back up, so a valid body costs nothing. */
interface Fault {
  reason: string;
  path: (string | number)[];
}

/**
 * Refuses what JSON allows and the database does not: NUL characters and half surrogate pairs in strings, and nesting
 * that only an attacker needs.
 */
export function checkJson(body: unknown): void {
  const fault = findFault(body, 0);
  if (fault !== undefined) throw new HttpError(400, `${formatPath(fault.path)}: ${fault.reason}`);
}

/** Refuses a body that `JSON.parse` would alter silently: duplicate names, numbers with too many digits. */
export function checkLoss(text: string): void {
  const loss = findLoss(text);
  if (loss !== undefined) throw new HttpError(400, `${formatPath(loss.path)}: ${loss.reason}`);
}

function findFault(value: unknown, depth: number): Fault | undefined {
  if (typeof value === "string") return isStorable(value) ? undefined : notStorable();
  if (typeof value !== "object" || value === null) return undefined;
  if (depth === MAX_DEPTH) return { reason: `nested more than ${MAX_DEPTH} levels deep`, path: [] };
  return Array.isArray(value) ? findFaultInArray(value, depth) : findFaultInObject(value, depth);
}

function findFaultInArray(items: readonly unknown[], depth: number): Fault | undefined {
  for (let index = 0; index < items.length; index++) {
    const fault = findFault(items[index], depth + 1);
    if (fault !== undefined) return at(index, fault);
  }
  return undefined;
}

function findFaultInObject(fields: object, depth: number): Fault | undefined {
  // The body comes from JSON.parse, so `in` finds own properties only.
  for (const name in fields) {
    if (!isStorable(name)) return notStorable();
    const fault = findFault(fields[name as keyof typeof fields], depth + 1);
    if (fault !== undefined) return at(name, fault);
  }
  return undefined;
}

function notStorable(): Fault {
  return { reason: "holds a NUL character or half a surrogate pair, or begins with a byte order mark", path: [] };
}

function at(part: string | number, { reason, path }: Fault): Fault {
  return { reason, path: [part, ...path] };
}

/** Whether every database stores and returns the text unchanged. PGlite loses a leading byte order mark. */
export function isStorable(text: string): boolean {
  return !text.includes("\u0000") && text.isWellFormed() && !text.startsWith("\uFEFF");
}

const MAX_SHOWN_PARTS = 8;

/** Formats `["records", 3, "id"]` as `records[3].id`. */
export function formatPath(path: readonly (string | number)[]): string {
  if (path.length === 0) return "body";
  const shown = path
    .slice(0, MAX_SHOWN_PARTS)
    .map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`));
  return `${shown.join("")}${path.length > MAX_SHOWN_PARTS ? "…" : ""}`;
}
