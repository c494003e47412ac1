import type { Check } from "./check-record.ts";
import type { Fault } from "./find-fault.ts";
import type { Repair, Repaired } from "./repair-record.ts";

/** A record, or a part of one that has too many refs. */
export interface Piece {
  id: string;
  continues?: boolean;
}

export interface PieceRules {
  check: Check;
  repair: Repair;
  /** Whether the Bridge takes an account in several records. */
  canContinue: boolean;
}

/** A record as it is sent. */
interface Pieces extends Repaired {
  record: Piece;
  pieces: readonly Piece[];
}

/** What the protocol allows in one record for each slug. */
const MAX_REFS = 100;

const REF_FIELDS = ["memberships", "assignments"] as const;

/**
 * The record in as many pieces as it takes, without the optional parts that are wrong; returns the fault if that is not
 * enough. `measure` finds pieces that are too large.
 */
export function toPieces(
  record: unknown,
  rules: PieceRules,
  measure: (piece: Piece) => Fault | undefined,
): Pieces | Fault {
  const pieces = split(record, rules, measure);
  if (!("reason" in pieces)) return { record: record as Piece, leftOut: [], pieces };
  const repaired = rules.repair(record);
  const rest = repaired && split(repaired.record, rules, measure);
  return !rest || "reason" in rest
    ? pieces
    : { record: repaired.record as Piece, leftOut: repaired.leftOut, pieces: rest };
}

function split(
  record: unknown,
  { check, canContinue }: PieceRules,
  measure: (piece: Piece) => Fault | undefined,
): readonly Piece[] | Fault {
  const pieces = splitRefs(record, canContinue);
  if ("reason" in pieces) return pieces;
  for (const piece of pieces) {
    const fault = check(piece);
    if (fault) return fault;
  }
  for (const piece of pieces as readonly Piece[]) {
    const fault = measure(piece);
    if (fault) return fault;
  }
  return pieces as readonly Piece[];
}

/**
 * Splits a record that has more refs than one record may have into several; all but the first have `continues`. If the
 * Bridge does not take continued records, that is a fault: without the other refs the account would lose their access.
 */
function splitRefs(record: unknown, canContinue: boolean): readonly unknown[] | Fault {
  const longest = findLongest(record);
  const isContinued = (record as { continues?: unknown } | null)?.continues === true;
  if (!canContinue && (longest || isContinued)) {
    const refs = longest ? `has ${longest.count} refs, and the protocol takes ${MAX_REFS}` : "is true";
    const reason =
      `${refs}; this Bridge does not take an account in several records. Nothing is truncated: leave out groups that ` +
      `grant nothing, or split the type into several`;
    return { path: longest ? [longest.field, longest.slug] : ["continues"], reason, value: undefined };
  }
  if (!longest) return [record];
  return Array.from({ length: Math.ceil(longest.count / MAX_REFS) }, (_, part) => slice(record as object, part));
}

function findLongest(record: unknown): { field: string; slug: string; count: number } | undefined {
  if (typeof record !== "object" || record === null) return undefined;
  let longest: { field: string; slug: string; count: number } | undefined;
  for (const field of REF_FIELDS) {
    const refs = (record as Record<string, Record<string, unknown> | undefined>)[field];
    for (const slug in refs) {
      const list = refs[slug];
      if (Array.isArray(list) && list.length > Math.max(MAX_REFS, longest?.count ?? 0))
        longest = { field, slug, count: list.length };
    }
  }
  return longest;
}

function slice(record: object, part: number): object {
  const piece: Record<string, unknown> = { ...record };
  for (const field of REF_FIELDS) {
    const refs = piece[field];
    if (typeof refs !== "object" || refs === null) continue;
    const lists = Object.entries(refs).map(([slug, list]): [string, unknown] => [
      slug,
      Array.isArray(list) ? list.slice(part * MAX_REFS, (part + 1) * MAX_REFS) : list,
    ]);
    piece[field] = Object.fromEntries(
      part === 0 ? lists : lists.filter(([, list]) => Array.isArray(list) && list.length > 0),
    );
  }
  return part === 0 ? piece : { ...piece, continues: true };
}
