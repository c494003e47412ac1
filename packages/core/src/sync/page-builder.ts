import type { Fault } from "./record/find-fault.ts";
import { toPieces, type Piece, type PieceRules } from "./record/to-pieces.ts";
import { toSendable } from "./record/to-sendable.ts";

/** Records that are pushed in one call, as the JSON that is sent. */
export interface Page {
  json: string;
  /** Records of the stream that begin in this page. */
  count: number;
  /** Whether it continues an account of an earlier page, and so must arrive after that one. */
  isContinuation: boolean;
}

/** What is done with the records of one type. */
export interface PageRules extends PieceRules {
  /** The record with the slugs of which refs are unknown; undefined if it can't be sent. */
  withUnknownRefs(record: unknown): unknown;
  /** Whether a field of a record may be left out. */
  isOptional: (field: string) => boolean;
  /** Called with each record that is not sent. */
  onBad(record: unknown, fault: Fault): void;
  /** Called with each record that is sent without some of its fields. */
  onLeftOut(record: unknown, faults: readonly Fault[]): void;
  /** Called with each good record, before it is split. */
  onGood(record: Piece): void;
}

/** A piece as it is sent; `json` is absent if it holds something that can't be written. */
interface Written {
  piece: Piece;
  json: string | undefined;
  bytes: number;
}

const PAGE_SIZE = 100;
/** The Bridge takes 8 MiB, but many a proxy in front of it only 1 MiB. */
const PAGE_BYTES = 1_000_000;
/** What the Bridge takes of one record. */
const RECORD_BYTES = 256 * 1024;
/** So small that a full page of such records is never too large. */
const SHORT_BYTES = 9_900;
/** Whole numbers with fewer digits are exact. */
const LONG_NUMBER = 16;
const NONE: readonly Page[] = [];

/** Checks the records of a stream and collects them into pages; never yields an empty one. */
export async function* buildPages(open: () => AsyncIterable<unknown>, rules: PageRules): AsyncGenerator<Page> {
  const builder = new PageBuilder(rules);
  for await (const record of open()) {
    const full = builder.add(record);
    if (full.length > 0) yield* full;
  }
  yield* builder.finish();
}

/** Builds pages of the records of one type. */
export class PageBuilder {
  readonly #rules: PageRules;
  #draft = new Draft();

  constructor(rules: PageRules) {
    this.#rules = rules;
  }

  /** Returns the pages that this record has filled; mostly none. */
  add(yielded: unknown): readonly Page[] {
    const record = this.#rules.withUnknownRefs(yielded);
    if (record === undefined && yielded !== undefined) return NONE;
    const written = this.#isOnePiece(record) ? write(record) : undefined;
    if (!written || written.bytes > RECORD_BYTES) return this.#addPieces(record);
    this.#rules.onGood(written.piece);
    return this.#put(written);
  }

  /** Returns what is left. */
  finish(): readonly Page[] {
    const page = this.#draft.finish(this.#rules);
    this.#draft = new Draft();
    return page ? [page] : NONE;
  }

  /** Whether the record can be sent as it is, like nearly all: a record with too many refs does not pass the check. */
  #isOnePiece(record: unknown): record is Piece {
    const { check, canContinue } = this.#rules;
    return check(record) === undefined && (canContinue || (record as Piece).continues !== true);
  }

  /** Adds a record in as many pieces as it takes, without the optional parts that are wrong. */
  #addPieces(record: unknown): readonly Page[] {
    const rules = this.#rules;
    const made = toPieces(record, rules, (piece) => findTooLarge(write(piece)));
    if ("reason" in made) {
      rules.onBad(record, made);
      return NONE;
    }
    if (made.leftOut.length > 0) rules.onLeftOut(record, made.leftOut);
    rules.onGood(made.record);
    return made.pieces.flatMap((piece) => this.#put(write(piece)));
  }

  #put(written: Written): readonly Page[] {
    if (this.#draft.add(written)) return NONE;
    const full = this.finish();
    this.#draft.add(written);
    return full;
  }
}

/** A page that is being filled. */
class Draft {
  readonly #records: Written[] = [];
  readonly #ids = new Set<string>();
  #bytes = 0;
  #isContinuation = false;

  /** Returns false if the page is full or already contains this id, unless the record continues the earlier one. */
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
    if (!isSendable(json) || records.some((written) => written.json === undefined)) {
      records = records.flatMap(({ piece }) => rewrite(piece, rules) ?? []);
      json = toJson(records);
    }
    const count = records.reduce((sum, { piece }) => (piece.continues === true ? sum : sum + 1), 0);
    return records.length > 0 ? { json, count, isContinuation: this.#isContinuation } : undefined;
  }
}

function toJson(records: readonly Written[]): string {
  return `{"records":[${records.map(({ json }) => json).join(",")}]}`;
}

function write(piece: Piece): Written {
  try {
    const json = JSON.stringify(piece);
    return { piece, json, bytes: sizeOf(json) };
  } catch {
    return { piece, json: undefined, bytes: 0 };
  }
}

/** The bytes of a text as UTF-8; of a short one as many as it may have at most, which takes no pass over it. */
function sizeOf(json: string): number {
  const most = json.length * 3;
  return most <= SHORT_BYTES ? most : Buffer.byteLength(json);
}

/** Nothing is truncated: the author of the connector leaves out what is not needed. */
function findTooLarge({ bytes }: Written): Fault | undefined {
  if (bytes <= RECORD_BYTES) return undefined;
  return { path: [], reason: `has ${bytes} bytes as JSON, and the Bridge takes ${RECORD_BYTES}`, value: undefined };
}

/** A piece without what JSON or the Bridge can't take; undefined if it is bad. */
function rewrite(piece: Piece, rules: PageRules): Written | undefined {
  const made = toSendable(piece, rules);
  if ("reason" in made) {
    rules.onBad(piece, made);
    return undefined;
  }
  const written = write(made.record);
  const fault = findTooLarge(written);
  if (fault) {
    rules.onBad(piece, fault);
    return undefined;
  }
  if (made.leftOut.length > 0) rules.onLeftOut(piece, made.leftOut);
  return written;
}

/** Whether JSON holds nothing that the Bridge refuses; false also for some that it takes, but rarely. */
function isSendable(json: string): boolean {
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
