import type { Redact } from "../../redact.ts";
import type { BadRecord, BadRecordReport, CountedFault } from "../../state/receipt.ts";
import type { Fault } from "./find-fault.ts";

const MAX_SHOWN = 20;
const MAX_COUNTED = 100;
const MAX_VALUE = 60;
const MAX_IDS = 3;
/** A longer one is no help to a reader. */
const LONGEST_ID = 255;

/** Collects wrong records and fields, so that one does not hide the others. */
export class BadRecords {
  readonly #redact: Redact;
  readonly #shown: BadRecord[] = [];
  readonly #counts = new Map<string, number>();
  readonly #faults = new Map<string, CountedFault>();
  readonly #fieldsShown: BadRecord[] = [];
  /** By slug and field. */
  readonly #fieldFaults = new Map<string, CountedFault & { first: BadRecord }>();

  constructor(redact: Redact) {
    this.#redact = redact;
  }

  /** Notes a record that is not sent. */
  add(slug: string, record: unknown, fault: Fault): BadRecord {
    const bad = this.#describe(slug, record, fault);
    this.#counts.set(slug, (this.#counts.get(slug) ?? 0) + 1);
    this.#count(bad, record);
    if (this.#shown.length < MAX_SHOWN) this.#shown.push(bad);
    return bad;
  }

  /** Notes the fields that are left out of a record. Returns the first one. */
  leaveOut(slug: string, record: unknown, faults: readonly Fault[]): BadRecord {
    const described = faults.map((fault) => this.#describe(slug, record, fault));
    for (const [index, bad] of described.entries()) {
      const field = String(faults[index]!.path[0]);
      const known = this.#fieldFaults.get(`${slug} ${field}`);
      const fault = known ?? { slug, field, reason: bad.reason, count: 0, ids: [], first: bad };
      if (!known) this.#fieldFaults.set(`${slug} ${field}`, fault);
      this.#countIn(fault, record);
      if (this.#fieldsShown.length < MAX_SHOWN) this.#fieldsShown.push(bad);
    }
    return described[0]!;
  }

  /** Counts what was wrong with records that were not sent, by field and reason; at most 100. */
  countFaults(): CountedFault[] {
    return [...this.#faults.values()];
  }

  /** Counts the fields that were left out of records, in the same way. */
  countFieldFaults(): CountedFault[] {
    const faults = [...this.#fieldFaults.values()].slice(0, MAX_COUNTED);
    return faults.map(({ slug, field, reason, count, ids }) => ({ slug, field, reason, count, ids }));
  }

  #count({ slug, field: place, reason }: BadRecord, record: unknown): void {
    const field = place.replaceAll(/\[\d+\]/g, "[]");
    const kind = JSON.stringify([slug, field, reason]);
    const known = this.#faults.get(kind);
    if (!known && this.#faults.size === MAX_COUNTED) return;
    const fault = known ?? { slug, field, reason, count: 0, ids: [] };
    if (!known) this.#faults.set(kind, fault);
    this.#countIn(fault, record);
  }

  #countIn(fault: CountedFault, record: unknown): void {
    fault.count++;
    const { ids } = fault;
    const { id } = (record ?? {}) as { id?: unknown };
    if (ids.length === MAX_IDS || typeof id !== "string" || id === "" || id.length > LONGEST_ID) return;
    const shown = this.#redact(id).toWellFormed();
    if (!ids.includes(shown)) ids.push(shown);
  }

  #describe(slug: string, record: unknown, fault: Fault): BadRecord {
    const { id } = (record ?? {}) as { id?: unknown };
    const bad: BadRecord = {
      slug,
      id: typeof id === "string" ? this.#shorten(id) : (this.#show(id) ?? "without an id"),
      field: formatPath(fault.path),
      reason: fault.reason,
    };
    const value = this.#show(fault.value);
    if (value !== undefined) bad.value = value;
    return bad;
  }

  report(): BadRecordReport {
    const count = [...this.#counts.values()].reduce((sum, number) => sum + number, 0);
    return { count, shown: [...this.#shown] };
  }

  /** The fields that were left out of records. */
  reportFields(): BadRecordReport {
    const count = [...this.#fieldFaults.values()].reduce((sum, { count: number }) => sum + number, 0);
    return { count, shown: [...this.#fieldsShown] };
  }

  /** Why nobody is removed: one reason for each type with bad records and for each field that was left out. */
  reasons(): string[] {
    const fields = [...this.#fieldFaults.values()].map(({ count, slug, field, first }) => {
      const records = count === 1 ? "1 time" : `${count} times`;
      return `${slug}: ${field} was wrong and left out ${records}; the first: ${describeBadRecord(first)}`;
    });
    const records = [...this.#counts].map(([slug, count]) => {
      const first = this.#shown.find((bad) => bad.slug === slug);
      const records = count === 1 ? "1 record is" : `${count} records are`;
      return `${slug}: ${records} wrong and not sent${first ? `; the first: ${describeBadRecord(first)}` : ""}`;
    });
    return [...records, ...fields];
  }

  #show(value: unknown): string | undefined {
    if (value === undefined) return undefined;
    let text: string | undefined;
    try {
      text = JSON.stringify(value);
    } catch {
      // Circular, or a BigInt: its type is enough.
    }
    return this.#shorten(text ?? typeof value);
  }

  // Redacted before it is cut: half a secret is not recognised.
  #shorten(text: string): string {
    const clean = this.#redact(text);
    return clean.length > MAX_VALUE ? `${clean.slice(0, MAX_VALUE).toWellFormed()}…` : clean;
  }
}

/** `account "u1": email must be a string, got 7` */
export function describeBadRecord({ slug, id, field, reason, value }: BadRecord): string {
  return `${slug} "${id}": ${[field, reason].filter(Boolean).join(" ")}${value === undefined ? "" : `, got ${value}`}`;
}

function formatPath(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? part : `${text}.${part}`;
  }, "");
}
