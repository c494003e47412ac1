import { isPathSegment, type components } from "@bridgekit/client";
import { HttpError } from "../../http/http-error.ts";
import { check } from "../../http/schemas.ts";

type Schemas = components["schemas"];
type Kind = Schemas["Kind"];
type AccountRecord = Schemas["AccountRecord"];

const PAGE_SCHEMAS = { account: "AccountPage", group: "GroupPage", license: "LicensePage" } as const;
const REF_FIELDS = [
  { field: "memberships", name: "membership", kind: "group" },
  { field: "assignments", name: "assignment", kind: "license" },
] as const;
const MAX_REFS = 100;
// Whoever asked for such a record would get the list of all.
const NO_SEGMENT = "URL parsers remove this id from an address; push another one";

/** Takes the body for a page of the kind, or answers 400. */
export function checkPage(kind: Kind, body: unknown): readonly { id: string }[] {
  if (kind === "account") checkRefCounts(body);
  return check(PAGE_SCHEMAS[kind], body).records;
}

// The schema would say it too, yet with a position in the page; whoever reads the message knows the id.
function checkRefCounts(body: unknown): void {
  const { records } = (body ?? {}) as Partial<Record<string, unknown>>;
  if (!Array.isArray(records)) return;
  for (const [index, record] of records.entries()) {
    for (const { field } of REF_FIELDS) {
      const targets: unknown = record?.[field];
      // What is no object is refused by the schema; a long string would be taken apart into its characters here.
      if (typeof targets !== "object" || targets === null || Array.isArray(targets)) continue;
      for (const [slug, refs] of Object.entries(targets)) {
        if (!Array.isArray(refs) || refs.length <= MAX_REFS) continue;
        const path = `records[${index}].${field}.${slug}`;
        // Nothing has checked the id yet: it may be an object that throws where it is made a string.
        const owner = typeof record.id === "string" ? `record '${record.id}'` : "the record";
        const limit = `at most ${MAX_REFS} are allowed`;
        throw new HttpError(400, `${path}: ${owner} has ${refs.length} refs of "${slug}"; ${limit}`);
      }
    }
  }
}

/** The first rule that a page breaks although it fits its schema; answered with 422. */
export function findBrokenRule(
  kind: Kind,
  records: readonly { id: string }[],
  kinds: ReadonlyMap<string, Kind>,
): string | undefined {
  const seen = new Set<string>();
  for (const record of records) {
    if (seen.has(record.id) && !isContinued(kind, record)) return `Record '${record.id}': is in the page twice`;
    seen.add(record.id);
    if (!isPathSegment(record.id)) return `Record '${record.id}': ${NO_SEGMENT}`;
    const broken = kind === "account" ? findBrokenRef(record as AccountRecord, kinds) : undefined;
    if (broken !== undefined) return broken;
  }
  return undefined;
}

/** Which records add to one with the same id that came before; `null` where none does. */
export function findContinued(records: readonly object[]): boolean[] | null {
  const continued = records.map((record) => isContinued("account", record));
  return continued.includes(true) ? continued : null;
}

/** The slugs whose refs each record leaves as they are, separated by commas; `null` where no record says so. */
export function findUnknownRefs(records: readonly Partial<AccountRecord>[]): (string | null)[] | null {
  const unknown = records.map(({ unknown_refs: slugs }) => slugs?.join(",") ?? null);
  return unknown.some((slugs) => slugs !== null) ? unknown : null;
}

function isContinued(kind: Kind, record: object): boolean {
  return kind === "account" && "continues" in record && record.continues === true;
}

// Only an account refers to anything; in a group or a license these fields are unknown extras that are kept as they are.
function findBrokenRef(record: AccountRecord, kinds: ReadonlyMap<string, Kind>): string | undefined {
  for (const { field, name, kind } of REF_FIELDS) {
    for (const slug in record[field]) {
      const found = kinds.get(slug);
      if (found === undefined) return `Record '${record.id}': unknown ${name} slug '${slug}'`;
      const lost = record[field]?.[slug]?.find(({ id }) => !isPathSegment(id));
      if (lost !== undefined) return `Record '${record.id}': the ${name} '${lost.id}' of '${slug}': ${NO_SEGMENT}`;
      if (found !== kind) return `Record '${record.id}': ${name} slug '${slug}' is of type ${found}, not ${kind}`;
    }
  }
  for (const slug of record.unknown_refs ?? []) {
    const found = kinds.get(slug);
    if (found === undefined) return `Record '${record.id}': unknown slug '${slug}' in unknown_refs`;
    if (found === "account")
      return `Record '${record.id}': slug '${slug}' in unknown_refs is of type account, not group or license`;
  }
  return undefined;
}
