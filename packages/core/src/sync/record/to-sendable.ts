import type { Check } from "./check-record.ts";
import { within, type Fault } from "./find-fault.ts";
import type { Repaired } from "./repair-record.ts";
import type { Piece } from "./to-pieces.ts";

interface SendingRules {
  check: Check;
  isOptional: (field: string) => boolean;
}

const MAX_DEPTH = 32;
const NO_JSON = "can't be written as JSON: it holds a BigInt or itself";

/** The record without the optional fields that can't be sent; returns the fault if another field can't. */
export function toSendable(record: Piece, { check, isOptional }: SendingRules): (Repaired & { record: Piece }) | Fault {
  const leftOut: Fault[] = [];
  const sendable: Record<string, unknown> & Piece = { ...record };
  for (;;) {
    const fault = findUnsendable(sendable);
    if (!fault) return { record: sendable, leftOut };
    const [field] = fault.path;
    if (typeof field === "string" && isOptional(field)) delete sendable[field];
    if (field === undefined || Object.hasOwn(sendable, field) || check(sendable)) return fault;
    leftOut.push(fault);
  }
}

function findUnsendable(record: Piece): Fault | undefined {
  if (tryStringify(record) !== undefined) return findUnstorable(record);
  const field = Object.entries(record).find(([, value]) => tryStringify([value]) === undefined)?.[0];
  return { path: field === undefined ? [] : [field], reason: NO_JSON, value: undefined };
}

/**
 * What JSON allows and the Bridge refuses: NUL characters, half surrogate pairs, a byte order mark at the beginning of a
 * text, and whole numbers beyond 2^53, which have lost digits already.
 */
function findUnstorable(value: unknown, depth = 0): Fault | undefined {
  if (typeof value === "string") {
    const isStorable = !value.includes("\0") && value.isWellFormed() && !value.startsWith("\uFEFF");
    const reason = "holds a NUL character or half a surrogate pair, or begins with a byte order mark";
    return isStorable ? undefined : { path: [], reason, value };
  }
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21)
    return { path: [], reason: "is a number that is not kept exactly; send it as a text", value };
  if (typeof value !== "object" || value === null) return undefined;
  if (depth === MAX_DEPTH)
    return { path: [], reason: `is nested more than ${MAX_DEPTH} levels deep`, value: undefined };
  for (const [name, child] of Object.entries(value)) {
    const found = findUnstorable(name, depth + 1) ?? findUnstorable(child, depth + 1);
    if (found) return within(Array.isArray(value) ? Number(name) : name, found);
  }
  return undefined;
}

function tryStringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
