import { hash } from "node:crypto";
import { HttpError } from "../../http/http-error.ts";
import { MAX_DEPTH } from "../../http/check-json.ts";

interface Ref {
  id: string;
}

/** A record as it is stored. */
export interface KeptRecord {
  /** JSON with the fields of every object in the order of their names; the database keeps no other order. */
  text: string;
  /** The first 128 bits of SHA-256, which fit a uuid; it differs if and only if the record changed. */
  digest: string;
}

// Far more than a system knows of one person. A larger record is a mistake that would slow down every list.
const MOST_BYTES = 256 * 1024;
const REF_FIELDS = ["memberships", "assignments"] as const;

/**
 * A record with its digest. Refs are digested in the order of their ids, because a system that lists them in another
 * order has changed nothing. Undefined if the record is nested too deep.
 */
export function toKeptRecord(record: { id: string }, hasOrderedRefs: boolean): KeptRecord | undefined {
  const sorted = sortFields(record, 0);
  if (sorted === TOO_DEEP) return undefined;
  const text = JSON.stringify(sorted);
  // A UTF-16 unit has at most three bytes.
  if (text.length * 3 > MOST_BYTES) {
    const bytes = Buffer.byteLength(text);
    if (bytes > MOST_BYTES)
      throw new HttpError(422, `Record '${record.id}': has ${bytes} bytes; at most ${MOST_BYTES} are allowed`);
  }
  const canonical = hasOrderedRefs ? text : JSON.stringify(sortRefs(sorted as Record<string, unknown>));
  return { text, digest: hash("sha256", canonical, "hex").slice(0, 32) };
}

const TOO_DEEP = Symbol("too deep");

/** The names of the last sorted object at each level, and their order: nearly all records of a page look alike. */
const orders: { names: readonly string[]; sorted: readonly string[] }[] = [];

/** Returns the same value if every object in it is sorted already, which costs no copy. */
function sortFields(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth >= MAX_DEPTH) return TOO_DEEP;
  if (Array.isArray(value)) return sortItems(value, depth);
  const fields = value as Record<string, unknown>;
  let changed: Map<string, unknown> | undefined;
  let previous = "";
  let isInOrder = true;
  // The value comes from JSON.parse, so `in` finds own properties only.
  for (const name in fields) {
    if (name < previous) isInOrder = false;
    previous = name;
    const field = fields[name];
    if (typeof field !== "object" || field === null) continue;
    const sorted = sortFields(field, depth + 1);
    if (sorted === TOO_DEEP) return TOO_DEEP;
    if (sorted !== field) (changed ??= new Map()).set(name, sorted);
  }
  if (isInOrder && changed === undefined) return value;
  const copy: Record<string, unknown> = {};
  for (const name of inOrder(fields, depth)) {
    const field = changed?.get(name) ?? fields[name];
    // A plain assignment would set the prototype.
    if (name === "__proto__") Object.defineProperty(copy, name, { value: field, enumerable: true });
    else copy[name] = field;
  }
  return copy;
}

function sortItems(items: readonly unknown[], depth: number): unknown {
  let copy: unknown[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const sorted = sortFields(items[index], depth + 1);
    if (sorted === TOO_DEEP) return TOO_DEEP;
    if (sorted !== items[index]) (copy ??= items.slice())[index] = sorted;
  }
  return copy ?? items;
}

function inOrder(fields: object, depth: number): readonly string[] {
  const names = Object.keys(fields);
  const last = orders[depth];
  if (last !== undefined && isSame(names, last.names)) return last.sorted;
  const sorted = names.toSorted();
  orders[depth] = { names, sorted };
  return sorted;
}

function isSame(names: readonly string[], others: readonly string[]): boolean {
  if (names.length !== others.length) return false;
  for (let index = 0; index < names.length; index++) if (names[index] !== others[index]) return false;
  return true;
}

function sortRefs(account: Record<string, unknown>): Record<string, unknown> {
  const ordered = { ...account };
  for (const field of REF_FIELDS) {
    if (account[field] === undefined) continue;
    const targets = { ...(account[field] as Record<string, readonly Ref[]>) };
    for (const slug in targets) if (targets[slug]!.length > 1) targets[slug] = targets[slug]!.toSorted(byId);
    ordered[field] = targets;
  }
  return ordered;
}

function byId(a: Ref, b: Ref): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
