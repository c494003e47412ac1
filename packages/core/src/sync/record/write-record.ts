import { within, type Fault } from "./find-fault.ts";

/** A record, or a part of one that has too many refs. */
export interface Piece {
  id: string;
  continues?: boolean;
}

/** A piece as it is sent; `json` is absent if it holds something that can't be written. */
export interface Written {
  piece: Piece;
  json: string | undefined;
  bytes: number;
}

interface SendingRules {
  check(record: unknown): Fault | undefined;
  isOptional(field: string): boolean;
  onBad(record: unknown, fault: Fault): void;
  onLeftOut(record: unknown, faults: readonly Fault[]): void;
}

/** What the Bridge takes of one record. */
const RECORD_BYTES = 256 * 1024;
/** So small that a full page of such records is never too large. */
const SHORT_BYTES = 9_900;
const MAX_DEPTH = 32;
/** Whole numbers with fewer digits are exact. */
const LONG_NUMBER = 16;
const NO_JSON = "can't be written as JSON: it holds a BigInt or itself";

export function writeRecord(piece: Piece): Written {
  const json = tryStringify(piece);
  return { piece, json, bytes: json === undefined ? 0 : sizeOf(json) };
}

/** The bytes of a text as UTF-8; of a short one as many as it may have at most, which takes no pass over it. */
function sizeOf(json: string): number {
  const most = json.length * 3;
  return most <= SHORT_BYTES ? most : Buffer.byteLength(json);
}

/** Nothing is cut off: whoever reads the record leaves out what nobody needs of it. */
export function findTooLarge({ bytes }: Written): Fault | undefined {
  if (bytes <= RECORD_BYTES) return undefined;
  return { path: [], reason: `has ${bytes} bytes as JSON, and the Bridge takes ${RECORD_BYTES}`, value: undefined };
}

/** Whether JSON holds nothing that the Bridge refuses; false also for some that it takes, but rarely. */
export function isSendable(json: string): boolean {
  return !json.includes("\\u0000") && !json.includes("\\ud") && !json.includes("\uFEFF") && !hasLongNumber(json);
}

/** Looks at every 16th character, since one of them is in each number of 16 digits, and then at its neighbours. */
function hasLongNumber(json: string): boolean {
  for (let at = LONG_NUMBER - 1; at < json.length; at += LONG_NUMBER) {
    if (!isDigit(json, at)) continue;
    let first = at;
    let last = at;
    while (isDigit(json, first - 1)) first--;
    while (isDigit(json, last + 1)) last++;
    if (last - first + 1 >= LONG_NUMBER) return true;
  }
  return false;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

/** The record without the optional fields that can't be sent; undefined if another field can't. */
export function toSendable(record: Piece, rules: SendingRules): Written | undefined {
  const leftOut: Fault[] = [];
  const sendable: Record<string, unknown> & Piece = { ...record };
  for (;;) {
    const fault = findUnsendable(sendable);
    if (!fault) break;
    const [field] = fault.path;
    if (typeof field === "string" && rules.isOptional(field)) delete sendable[field];
    if (field === undefined || Object.hasOwn(sendable, field) || rules.check(sendable)) {
      rules.onBad(record, fault);
      return undefined;
    }
    leftOut.push(fault);
  }
  const written = writeRecord(sendable);
  const tooLarge = findTooLarge(written);
  if (tooLarge) {
    rules.onBad(record, tooLarge);
    return undefined;
  }
  if (leftOut.length > 0) rules.onLeftOut(record, leftOut);
  return written;
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
