import type { Redact } from "../../redact.ts";
import type { Fault } from "./find-fault.ts";

/** A record that was not sent, because the Bridge would have refused it. */
export interface BadRecord {
  slug: string;
  /** Its id, or what stands in its place. */
  id: string;
  /** `memberships.team[3].id`; empty where the record itself is wrong. */
  field: string;
  /** `must be a string`. */
  reason: string;
  /** What was there, as JSON, shortened and without secrets; absent where nothing was there. */
  value?: string;
}

export interface BadRecordReport {
  /** How many there were; `shown` has no more than the first 20. */
  count: number;
  shown: readonly BadRecord[];
}

/** What was wrong in the same place of several records; it names none of them. */
export interface CountedFault {
  slug: string;
  /** `memberships.team[].id`; empty where the record itself is wrong. */
  field: string;
  reason: string;
  count: number;
}

const MAX_SHOWN = 20;
const MAX_COUNTED = 100;
const MAX_VALUE = 60;

/** Collects what is wrong with records, so that one bad record or field does not hide the others. */
export class BadRecords {
  readonly #redact: Redact;
  readonly #shown: BadRecord[] = [];
  readonly #counts = new Map<string, number>();
  readonly #faults = new Map<string, CountedFault>();
  readonly #fieldsShown: BadRecord[] = [];
  /** By slug and field. */
  readonly #fieldCounts = new Map<string, { count: number; slug: string; field: string; first: BadRecord }>();

  constructor(redact: Redact) {
    this.#redact = redact;
  }

  /** Notes a record that is not sent. */
  add(slug: string, record: unknown, fault: Fault): BadRecord {
    const bad = this.#describe(slug, record, fault);
    this.#counts.set(slug, (this.#counts.get(slug) ?? 0) + 1);
    this.#count(bad);
    if (this.#shown.length < MAX_SHOWN) this.#shown.push(bad);
    return bad;
  }

  /** Notes what is left out of a record that is sent. Returns the first of it. */
  leaveOut(slug: string, record: unknown, faults: readonly Fault[]): BadRecord {
    const described = faults.map((fault) => this.#describe(slug, record, fault));
    for (const [index, bad] of described.entries()) {
      const field = String(faults[index]!.path[0]);
      const known = this.#fieldCounts.get(`${slug} ${field}`);
      if (known) known.count++;
      else this.#fieldCounts.set(`${slug} ${field}`, { count: 1, slug, field, first: bad });
      if (this.#fieldsShown.length < MAX_SHOWN) this.#fieldsShown.push(bad);
    }
    return described[0]!;
  }

  /** What was wrong with records that were not sent, by place and reason: the first 100 of them. */
  countFaults(): CountedFault[] {
    return [...this.#faults.values()];
  }

  /** What was left out of records that were sent, in the same way. */
  countFieldFaults(): CountedFault[] {
    const faults = [...this.#fieldCounts.values()];
    return faults
      .slice(0, MAX_COUNTED)
      .map(({ count, slug, field, first: { reason } }) => ({ slug, field, reason, count }));
  }

  #count({ slug, field: place, reason }: BadRecord): void {
    const field = place.replaceAll(/\[\d+\]/g, "[]");
    const kind = JSON.stringify([slug, field, reason]);
    const known = this.#faults.get(kind);
    if (known) known.count++;
    else if (this.#faults.size < MAX_COUNTED) this.#faults.set(kind, { slug, field, reason, count: 1 });
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

  /** What was left out of records that were sent. */
  reportFields(): BadRecordReport {
    const count = [...this.#fieldCounts.values()].reduce((sum, { count: number }) => sum + number, 0);
    return { count, shown: [...this.#fieldsShown] };
  }

  /** Why nobody was removed: one reason for each type with bad records, and for each field that was left out. */
  reasons(): string[] {
    const fields = [...this.#fieldCounts.values()].map(({ count, slug, field, first }) => {
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
      // A circle or a BigInt; its type says enough.
    }
    return this.#shorten(text ?? typeof value);
  }

  // Redacted first: half a secret would not be recognised.
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
