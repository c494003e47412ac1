import type { Check } from "../record/check-record.ts";
import type { Fault } from "../record/find-fault.ts";
import { findUnstorable, maybeUnstorable } from "../record/find-unstorable.ts";
import type { Repair } from "../record/repair-record.ts";
import { splitRefs } from "../record/split-refs.ts";

/** Records that are sent in one call, as the JSON that is sent. */
export interface Page {
  json: string;
  /** Records of the stream that are told here for the first time. */
  count: number;
  /** Whether it continues an account of an earlier page, and so must arrive after that one. */
  isContinuation: boolean;
}

/** A record, or a part of one that has too many refs. */
interface Piece {
  id: string;
  continues?: boolean;
}

/** A piece as it is sent; without `json` where it holds something that can't be written. */
interface Written {
  piece: Piece;
  json: string | undefined;
  bytes: number;
}

export interface PageRules {
  check: Check;
  /** The record with the slugs of which refs are unknown; `undefined` where it is not to be sent. */
  withUnknownRefs(record: unknown): unknown;
  /** Whether the Bridge takes an account in several records. */
  canContinue: boolean;
  repair: Repair;
  /** Whether a field of a record may be left out. */
  isOptional(field: string): boolean;
  /** Called with each record that is not sent. */
  onBad(record: unknown, fault: Fault): void;
  /** Called with each record that is sent without some of its fields. */
  onLeftOut(record: unknown, faults: readonly Fault[]): void;
  /** Called with each record that is kept, before it is split. */
  onGood(record: Piece): void;
}

/** What one page may hold. */
const PAGE_SIZE = 100;
/** The Bridge takes 8 MiB, but many a proxy in front of it only 1 MiB. */
const PAGE_BYTES = 1_000_000;
/** What the Bridge takes of one record. */
const RECORD_BYTES = 256 * 1024;

/** Checks the records of a stream and collects them into pages; never yields an empty one. */
export async function* toPages(records: AsyncIterable<unknown>, rules: PageRules): AsyncGenerator<Page> {
  const maker = new PageMaker(rules);
  for await (const record of records) {
    const full = maker.add(record);
    if (full.length > 0) yield* full;
  }
  yield* maker.finish();
}

const NONE: readonly Page[] = [];

/** Makes pages of the records of one type. */
export class PageMaker {
  readonly #rules: PageRules;
  #draft = new Draft();

  constructor(rules: PageRules) {
    this.#rules = rules;
  }

  /** Answers the pages that this record has filled; mostly none. */
  add(yielded: unknown): readonly Page[] {
    const record = this.#rules.withUnknownRefs(yielded);
    if (record === undefined && yielded !== undefined) return NONE;
    if (!isOnePiece(record, this.#rules))
      return takePieces(record, this.#rules).flatMap((written) => this.#put(written));
    const written = write(record);
    const fault = findTooLarge(written);
    if (fault) {
      this.#rules.onBad(record, fault);
      return NONE;
    }
    this.#rules.onGood(record);
    return this.#put(written);
  }

  /** Answers what is left. */
  finish(): readonly Page[] {
    const page = this.#draft.finish(this.#rules);
    this.#draft = new Draft();
    return page ? [page] : NONE;
  }

  #put(written: Written): readonly Page[] {
    if (this.#draft.add(written)) return NONE;
    const full = this.finish();
    this.#draft.add(written);
    return full;
  }
}

/** Whether the record can be sent as it is, which nearly all can: one that has too many refs does not pass the check. */
function isOnePiece(record: unknown, { check, canContinue }: PageRules): record is Piece {
  return check(record) === undefined && (canContinue || (record as Piece).continues !== true);
}

/** The record in as many pieces as it takes, without the optional parts that are wrong; none where it is bad. */
function takePieces(record: unknown, rules: PageRules): readonly Written[] {
  const whole = split(record, rules);
  if ("reason" in whole) {
    const repaired = rules.repair(record);
    const pieces = repaired && split(repaired.record, rules);
    if (!pieces || "reason" in pieces) {
      rules.onBad(record, whole);
      return [];
    }
    rules.onLeftOut(record, repaired.leftOut);
    rules.onGood(repaired.record as Piece);
    return pieces;
  }
  rules.onGood(record as Piece);
  return whole;
}

function split(record: unknown, { check, canContinue }: PageRules): readonly Written[] | Fault {
  const pieces = splitRefs(record, canContinue);
  if ("reason" in pieces) return pieces;
  const fault = firstFault(pieces, check);
  if (fault) return fault;
  const written = (pieces as readonly Piece[]).map(write);
  return written.map(findTooLarge).find((found) => found !== undefined) ?? written;
}

function firstFault(pieces: readonly unknown[], check: Check): Fault | undefined {
  for (const piece of pieces) {
    const fault = check(piece);
    if (fault) return fault;
  }
  return undefined;
}

function write(piece: Piece): Written {
  const json = tryStringify(piece);
  return { piece, json, bytes: json === undefined ? 0 : Buffer.byteLength(json) };
}

/** Nothing is cut off: whoever reads the record leaves out what nobody needs of it. */
function findTooLarge({ bytes }: Written): Fault | undefined {
  if (bytes <= RECORD_BYTES) return undefined;
  return { path: [], reason: `has ${bytes} bytes as JSON, and the Bridge takes ${RECORD_BYTES}`, value: undefined };
}

/** A page that is being filled. */
class Draft {
  readonly #records: Written[] = [];
  readonly #ids = new Set<string>();
  #bytes = 0;
  #isContinuation = false;

  /**
   * Answers whether the page takes it. It holds so many and no more, and the Bridge refuses one that has an id twice,
   * unless the later record continues the earlier one.
   */
  add(written: Written): boolean {
    const { piece, bytes } = written;
    if (this.#records.length === PAGE_SIZE || (this.#bytes > 0 && this.#bytes + bytes > PAGE_BYTES)) return false;
    const before = this.#ids.size;
    const isNew = this.#ids.add(piece.id).size > before;
    if (piece.continues === true) this.#isContinuation ||= isNew;
    else if (!isNew) return false;
    this.#records.push(written);
    this.#bytes += bytes + 1;
    return true;
  }

  finish(rules: PageRules): Page | undefined {
    let records = this.#records;
    let json = toJson(records);
    if (maybeUnstorable(json) || records.some((written) => written.json === undefined)) {
      records = records.flatMap(({ piece }) => toSendable(piece, rules) ?? []);
      json = toJson(records);
    }
    const count = records.reduce((sum, { piece }) => (piece.continues === true ? sum : sum + 1), 0);
    return records.length > 0 ? { json, count, isContinuation: this.#isContinuation } : undefined;
  }
}

function toJson(records: readonly Written[]): string {
  return `{"records":[${records.map(({ json }) => json).join(",")}]}`;
}

function tryStringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** The record without the optional fields that can't be sent; `undefined` where something else can't. */
function toSendable(record: Piece, rules: PageRules): Written | undefined {
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
  const written = write(sendable);
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

const NO_JSON = "can't be written as JSON: it holds a BigInt or itself";
