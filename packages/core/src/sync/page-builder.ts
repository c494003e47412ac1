import type { Check } from "./record/check-record.ts";
import type { Fault } from "./record/find-fault.ts";
import type { Repair } from "./record/repair-record.ts";
import { splitRefs } from "./record/split-refs.ts";
import { findTooLarge, isSendable, toSendable, writeRecord, type Piece, type Written } from "./record/write-record.ts";

/** Records that are pushed in one call, as the JSON that is sent. */
export interface Page {
  json: string;
  /** Records of the stream that begin in this page. */
  count: number;
  /** Whether it continues an account of an earlier page, and so must arrive after that one. */
  isContinuation: boolean;
}

/** A page of changes. */
export interface ChangePage {
  slug: string;
  page: Page;
}

export interface PageRules {
  check: Check;
  /** The record with the slugs of which refs are unknown; undefined if it can't be sent. */
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
  /** Called with each good record, before it is split. */
  onGood(record: Piece): void;
}

const PAGE_SIZE = 100;
/** The Bridge takes 8 MiB, but many a proxy in front of it only 1 MiB. */
const PAGE_BYTES = 1_000_000;
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

interface ChangeRules {
  /** Called once for each slug that has changes. */
  rulesOf: (slug: string) => PageRules;
  /** Called with what the stream returns at its end. */
  onCursor: (cursor: unknown) => void;
}

/** Collects changes, which come in any order, into pages of one type each. */
export async function* buildChangePages(
  open: () => AsyncGenerator<{ slug: string; record: unknown }, unknown>,
  { rulesOf, onCursor }: ChangeRules,
): AsyncGenerator<ChangePage> {
  const builders = new Map<string, PageBuilder>();
  const changes = open();
  try {
    for (;;) {
      const next = await changes.next();
      if (next.done) {
        onCursor(next.value);
        break;
      }
      const { slug, record } = next.value;
      let builder = builders.get(slug);
      if (!builder) builders.set(slug, (builder = new PageBuilder(rulesOf(slug))));
      for (const page of builder.add(record)) yield { slug, page };
    }
    for (const [slug, builder] of builders) for (const page of builder.finish()) yield { slug, page };
  } finally {
    await changes.return(undefined);
  }
}

/** Builds pages of the records of one type. */
class PageBuilder {
  readonly #rules: PageRules;
  #draft = new Draft();

  constructor(rules: PageRules) {
    this.#rules = rules;
  }

  /** Returns the pages that this record has filled; mostly none. */
  add(yielded: unknown): readonly Page[] {
    const record = this.#rules.withUnknownRefs(yielded);
    if (record === undefined && yielded !== undefined) return NONE;
    if (!isOnePiece(record, this.#rules))
      return takePieces(record, this.#rules).flatMap((written) => this.#put(written));
    const written = writeRecord(record);
    const fault = findTooLarge(written);
    if (fault) {
      this.#rules.onBad(record, fault);
      return NONE;
    }
    this.#rules.onGood(record);
    return this.#put(written);
  }

  /** Returns what is left. */
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

/** Whether the record can be sent as it is, like nearly all: a record with too many refs does not pass the check. */
function isOnePiece(record: unknown, { check, canContinue }: PageRules): record is Piece {
  return check(record) === undefined && (canContinue || (record as Piece).continues !== true);
}

/** The record in as many pieces as it takes, without the optional parts that are wrong; none if it is bad. */
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
  const written: Written[] = [];
  for (const piece of pieces) {
    const fault = check(piece);
    if (fault) return fault;
    written.push(writeRecord(piece as Piece));
  }
  return written.map(findTooLarge).find((found) => found !== undefined) ?? written;
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
