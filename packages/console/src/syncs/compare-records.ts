import type { Change, LiveRecord, Ref, RefMap } from "@bridgekit/client";
import { toRefName } from "../records/record-name.ts";
import { isRefs, refsOf } from "../records/refs-of.ts";

const REF_FIELDS: ReadonlySet<string> = new Set(["memberships", "assignments"]);

/** A field that differs. A ref that was gained has no `before`, one that was lost no `after`. */
export interface FieldChange {
  /** Of the field or, for a ref, the slug of its type. */
  name: string;
  isRef: boolean;
  before: string | undefined;
  after: string | undefined;
}

/** What differs between a record before and after: its state, its fields, its refs, of which `known` have names. */
export function compareRecords(before: LiveRecord, after: LiveRecord, known: Change["ref_names"] = []): FieldChange[] {
  const changes: FieldChange[] = [];
  if (before.status !== after.status)
    changes.push({ name: "status", isRef: false, before: before.status, after: after.status });
  const [oldFields, newFields] = [withoutRefs(before.data), withoutRefs(after.data)];
  for (const name of new Set([...Object.keys(oldFields), ...Object.keys(newFields)])) {
    const [one, other] = [toText(oldFields[name]), toText(newFields[name])];
    if (one !== other && name !== "status") changes.push({ name, isRef: false, before: one, after: other });
  }
  changes.push(...compareRefs(refsOf(before.data), refsOf(after.data), known));
  return changes;
}

function withoutRefs(data: LiveRecord["data"]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(data).filter(([name, value]) => !(REF_FIELDS.has(name) && isRefs(value))));
}

function compareRefs(before: RefMap, after: RefMap, known: NonNullable<Change["ref_names"]>): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((slug) => {
    const [old, now] = [before[slug] ?? [], after[slug] ?? []];
    const lost = old.filter(({ id }) => !now.some((ref) => ref.id === id));
    const gained = now.filter(({ id }) => !old.some((ref) => ref.id === id));
    const change = (ref: Ref, isLost: boolean): FieldChange => {
      const name = toRefName(slug, ref, known);
      return { name: slug, isRef: true, before: isLost ? name : undefined, after: isLost ? undefined : name };
    };
    return lost.map((ref) => change(ref, true)).concat(gained.map((ref) => change(ref, false)));
  });
}

function toText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}
