import { isPathSegment, type components } from "@bridgekit/client";
import { checkJson, formatPath } from "../../http/check-json.ts";
import { findLoss } from "../../http/find-loss.ts";
import { HttpError } from "../../http/http-error.ts";
import { parseJson } from "../../http/read-body.ts";
import { check } from "../../http/schemas.ts";
import { type KeptRecord, toKeptRecord } from "./canonical-record.ts";
import { recordChecks } from "./record-checks.ts";
import { PageRefs, type PushedRefs, type Ref } from "./page-target.ts";

type Schemas = components["schemas"];
type Kind = Schemas["Kind"];
type AccountRecord = Schemas["AccountRecord"];

/** A page that fits its schema and breaks no rule, provided that `checkSlugs` accepts its unknown slugs. */
export interface CheckedPage {
  ids: readonly string[];
  records: readonly KeptRecord[];
  /** Whether each record continues an earlier one with the same id; `null` if none does. */
  continued: readonly boolean[] | null;
  /** The slugs whose refs each record leaves unchanged, separated by commas; `null` if none does. */
  unknownRefs: readonly (string | null)[] | null;
  refs: readonly Ref[];
  /** Slugs that are not in `kinds`, each with the first record that names it; for `checkSlugs`. */
  unknownSlugs: readonly NamedSlug[];
}

interface NamedSlug {
  slug: string;
  /** The record that names it. */
  id: string;
  field: "membership" | "assignment" | "unknown_refs";
}

interface PageToCheck {
  kind: Kind;
  kinds: ReadonlyMap<string, Kind>;
  pushedRefs: PushedRefs;
  /** The body as received. */
  text: string;
}

const SCHEMAS = { account: "AccountRecord", group: "GroupRecord", license: "LicenseRecord" } as const;
const PAGE_SCHEMAS = { account: "AccountPage", group: "GroupPage", license: "LicensePage" } as const;
const REF_FIELDS = [
  { field: "memberships", name: "membership" },
  { field: "assignments", name: "assignment" },
] as const;
const MAX_RECORDS = 100;
const MAX_REFS = 100;
// Requesting such a record would return the whole list.
const NO_SEGMENT = "URL parsers remove this id from an address; push another one";
/** Texts that may contain what no database stores, or numbers that JavaScript may not keep. */
const MAYBE_UNSTORABLE = /\\u(?:0000|[dD][89a-fA-F]|[fF][eE][fF][fF])|\uFEFF/;
const MAYBE_INEXACT = /[:,[\s]-?\d(?:[\d.]{15}|[\d.]*[eE])/;

/**
 * Checks each record of a page once: its form, its refs, and how it is stored. Throws 400 if the page does not fit its
 * schema, and 422 if it breaks another rule.
 */
export function checkPage(page: PageToCheck): CheckedPage {
  return new PageCheck(page).check();
}

/** Refuses slugs that do not exist or are of the wrong type. */
export function checkSlugs(slugs: readonly NamedSlug[], kinds: ReadonlyMap<string, Kind>): void {
  for (const named of slugs) checkSlug(named, kinds.get(named.slug));
}

function checkSlug({ slug, id, field }: NamedSlug, found: Kind | undefined): void {
  if (field === "unknown_refs") {
    if (found === undefined) throw brokenRule(id, `unknown slug '${slug}' in unknown_refs`);
    if (found === "account")
      throw brokenRule(id, `slug '${slug}' in unknown_refs is of type account, not group or license`);
    return;
  }
  if (found === undefined) throw brokenRule(id, `unknown ${field} slug '${slug}'`);
  const kind = field === "membership" ? "group" : "license";
  if (found !== kind) throw brokenRule(id, `${field} slug '${slug}' is of type ${found}, not ${kind}`);
}

class PageCheck {
  readonly #page: PageToCheck;
  readonly #body: unknown;
  /** Whether the slow, thorough check has found the page valid. */
  #fits = false;
  readonly #ids = new Set<string>();
  readonly #records: KeptRecord[] = [];
  readonly #refs: PageRefs;
  readonly #unknownSlugs = new Map<string, NamedSlug>();

  constructor(page: PageToCheck) {
    this.#page = page;
    this.#body = parseJson(page.text);
    this.#refs = new PageRefs(page.pushedRefs);
  }

  check(): CheckedPage {
    const { kind, text } = this.#page;
    const body = this.#body;
    if (MAYBE_UNSTORABLE.test(text)) checkJson(body);
    const { records } = (body ?? {}) as { records?: unknown };
    if (!Array.isArray(records) || records.length > MAX_RECORDS) this.#explain();
    const isRight = recordChecks[SCHEMAS[kind]];
    const ids: string[] = [];
    for (const record of records as readonly { id: string }[]) {
      if (!isRight(record)) this.#explain();
      ids.push(record.id);
      this.#checkId(record);
      const hasOrderedRefs = kind !== "account" || this.#checkRefs(record as AccountRecord);
      const kept = toKeptRecord(record, hasOrderedRefs);
      if (kept === undefined) this.#explain();
      else this.#records.push(kept);
    }
    this.#checkLoss(records as readonly { id: string }[]);
    const accounts = kind === "account" ? (records as readonly AccountRecord[]) : [];
    return {
      ids,
      records: this.#records,
      continued: accounts.some(isContinued) ? accounts.map(isContinued) : null,
      unknownRefs: accounts.some((account) => account.unknown_refs) ? accounts.map(toUnknownRefs) : null,
      refs: this.#refs.all(),
      unknownSlugs: [...this.#unknownSlugs.values()],
    };
  }

  /**
   * Throws the error in the form of the page. Returns if there is none: the quick checks are stricter than the
   * contract, because they count code units instead of characters.
   */
  #explain(): void {
    if (this.#fits) return;
    const { kind } = this.#page;
    checkJson(this.#body);
    if (kind === "account") checkRefCounts(this.#body);
    check(PAGE_SCHEMAS[kind], this.#body);
    this.#fits = true;
  }

  #checkId(record: { id: string }): void {
    const { id } = record;
    if (this.#ids.has(id) && !(this.#page.kind === "account" && isContinued(record as AccountRecord)))
      throw brokenRule(id, "is in the page twice");
    this.#ids.add(id);
    if (!isPathSegment(id)) throw brokenRule(id, NO_SEGMENT);
  }

  /**
   * Only accounts have refs; in a group or a license these fields are unknown extras that are kept. Returns whether the
   * refs are in the order of their ids.
   */
  #checkRefs(record: AccountRecord): boolean {
    let isInOrder = true;
    for (const { field, name } of REF_FIELDS) {
      const targets = record[field];
      if (targets === undefined) continue;
      if (!isObject(targets)) this.#explain();
      for (const slug in targets) {
        const refs = targets[slug]!;
        if (!Array.isArray(refs) || refs.length > MAX_REFS) this.#explain();
        let previous = "";
        for (const ref of refs) {
          if (!recordChecks.Ref(ref)) this.#explain();
          if (!isPathSegment(ref.id))
            throw brokenRule(record.id, `the ${name} '${ref.id}' of '${slug}': ${NO_SEGMENT}`);
          if (ref.id < previous) isInOrder = false;
          previous = ref.id;
          this.#refs.add(slug, ref.id, ref.name);
        }
        this.#checkSlug({ slug, id: record.id, field: name });
      }
    }
    for (const slug of record.unknown_refs ?? []) this.#checkSlug({ slug, id: record.id, field: "unknown_refs" });
    return isInOrder;
  }

  #checkSlug(named: NamedSlug): void {
    const found = this.#page.kinds.get(named.slug);
    if (found !== undefined) checkSlug(named, found);
    else if (!this.#unknownSlugs.has(`${named.field} ${named.slug}`))
      this.#unknownSlugs.set(`${named.field} ${named.slug}`, named);
  }

  /**
   * Serialising makes a body shorter or keeps its length, except for numbers in other notations. If the length is the
   * same, nothing is lost; other bodies, such as those with whitespace, are read again character by character.
   */
  #checkLoss(records: readonly { id: string }[]): void {
    const { text } = this.#page;
    const length = this.#records.reduce((sum, record) => sum + record.text.length + 1, '{"records":[]}'.length);
    if (text.length === Math.max(length - 1, '{"records":[]}'.length) && !MAYBE_INEXACT.test(text)) return;
    const loss = findLoss(text);
    if (loss === undefined) return;
    const [list, index, ...path] = loss.path;
    const record = list === "records" && typeof index === "number" ? records[index] : undefined;
    if (record === undefined) throw new HttpError(422, `${formatPath(loss.path)}: ${loss.reason}`);
    throw brokenRule(record.id, `${formatPath(path)}: ${loss.reason}`);
  }
}

function brokenRule(id: string, rule: string): HttpError {
  return new HttpError(422, `Record '${id}': ${rule}`);
}

function isContinued(record: AccountRecord): boolean {
  return record.continues === true;
}

function toUnknownRefs({ unknown_refs: slugs }: AccountRecord): string | null {
  return slugs?.join(",") ?? null;
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// The schema has this rule too, but would name only the position in the page; the reader knows the id.
function checkRefCounts(body: unknown): void {
  const { records } = (body ?? {}) as Partial<Record<string, unknown>>;
  if (!Array.isArray(records)) return;
  for (const [index, record] of records.entries()) {
    for (const { field } of REF_FIELDS) {
      const targets: unknown = record?.[field];
      // The schema refuses what is no object; a long string would be split into its characters here.
      if (typeof targets !== "object" || targets === null || Array.isArray(targets)) continue;
      for (const [slug, refs] of Object.entries(targets)) {
        if (!Array.isArray(refs) || refs.length <= MAX_REFS) continue;
        const path = `records[${index}].${field}.${slug}`;
        // The id is not checked yet: it may be an object that throws when converted to a string.
        const owner = typeof record.id === "string" ? `record '${record.id}'` : "the record";
        const limit = `at most ${MAX_REFS} are allowed`;
        throw new HttpError(400, `${path}: ${owner} has ${refs.length} refs of "${slug}"; ${limit}`);
      }
    }
  }
}
