import type { OdooDatabase } from "./database.ts";
import { namedFields, parseDomain, requiredTerms, type Condition } from "./domain.ts";
import { userError } from "./errors.ts";
import { createMatcher, toSet } from "./matcher.ts";
import type { Model, RawValue, Scope } from "./model.ts";
import { checkFieldNames } from "./values.ts";

export interface SearchOptions {
  domain: unknown;
  order?: unknown;
  offset?: unknown;
  limit?: unknown;
}

/** Returns matching rows in order, within offset and limit; stops early when ordered by id. */
export function search<Row extends { id: number }>(
  db: OdooDatabase,
  model: Model<Row>,
  { domain, order, offset, limit }: SearchOptions,
  scope: Scope,
): Row[] {
  const condition = parseDomain(domain);
  const matches = createMatcher(db, model, visible(model, condition, scope), scope);
  const terms = parseOrder(model, order || model.defaultOrder);
  const start = Number(offset) || 0;
  const end = limit ? start + Number(limit) : Infinity;
  const isIdOrder = terms[0]?.field === "id" && !terms[0].isDescending;

  const found: Row[] = [];
  for (const row of candidates(model, condition)) {
    if (!matches(row) || !isThere(model, row, scope)) continue;
    found.push(row);
    if (isIdOrder && found.length >= end) break;
  }
  if (!isIdOrder) sortRows(db, model, found, terms, scope);
  return found.slice(start, end);
}

export function searchCount<Row extends { id: number }>(
  db: OdooDatabase,
  model: Model<Row>,
  domain: unknown,
  scope: Scope,
): number {
  const condition = parseDomain(domain);
  const matches = createMatcher(db, model, visible(model, condition, scope), scope);
  let count = 0;
  for (const row of candidates(model, condition)) if (matches(row) && isThere(model, row, scope)) count++;
  return count;
}

/** Archived records are hidden, unless the context or the domain includes them. */
function visible<Row extends { id: number }>(model: Model<Row>, condition: Condition, scope: Scope): Condition {
  if (!scope.activeTest || !("active" in model.fields) || namedFields(condition).includes("active")) return condition;
  return { kind: "and", parts: [condition, { kind: "term", field: "active", operator: "=", value: true }] };
}

/** Rows hidden by a record rule are in no list and no count. */
function isThere<Row extends { id: number }>(model: Model<Row>, row: Row, scope: Scope): boolean {
  return model.isVisible?.(row, scope.userId) ?? true;
}

/** Returns a superset of the matches in id order: by index if the domain allows, otherwise from the first possible id. */
function candidates<Row extends { id: number }>(model: Model<Row>, condition: Condition): Iterable<Row> {
  let afterId = -Infinity;
  for (const { field, operator, value } of requiredTerms(condition)) {
    if (field === "id" && (operator === ">" || operator === ">=") && typeof value === "number") {
      afterId = Math.max(afterId, operator === ">" ? value : value - 1);
    }
    if (operator !== "=" && operator !== "in") continue;
    if (field === "id") return model.table.rowsWithIds(toSet(value) as ReadonlySet<number>);
    // A text compared with a many2one means its label, which is not indexed.
    const isLabel = model.fields[field]?.type === "many2one" && typeof value === "string";
    if (model.table.isIndexed(field) && !isLabel) return model.table.rowsWhere(field, toSet(value ?? false));
  }
  return model.table.rows(afterId);
}

interface OrderTerm {
  field: string;
  isDescending: boolean;
}

function parseOrder<Row extends { id: number }>(model: Model<Row>, order: unknown): OrderTerm[] {
  const terms = String(order)
    .split(",")
    .map((part): OrderTerm => {
      const [, field, direction] = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i.exec(part) ?? [];
      if (!field) {
        throw userError(
          `Invalid "order" specified (${String(order)}). A valid "order" specification is a comma-separated list of ` +
            "valid field names (optionally followed by asc/desc for the direction)",
        );
      }
      return { field, isDescending: direction?.toLowerCase() === "desc" };
    });
  checkFieldNames(
    model,
    terms.map((term) => term.field),
  );
  return terms;
}

function sortRows<Row extends { id: number }>(
  db: OdooDatabase,
  model: Model<Row>,
  rows: Row[],
  terms: OrderTerm[],
  scope: Scope,
): void {
  const keys = terms.map(({ field: name, isDescending }) => {
    const field = model.fields[name]!;
    const toKey = (row: Row): RawValue => {
      const raw = field.value(row, scope);
      return field.type === "many2one" && typeof raw === "number" ? (db.label(field.relation!, raw) ?? false) : raw;
    };
    return { toKey, isBoolean: field.type === "boolean", sign: isDescending ? -1 : 1 };
  });
  rows.sort((left, right) => {
    for (const { toKey, isBoolean, sign } of keys) {
      const difference = compare(toKey(left), toKey(right), isBoolean);
      if (difference !== 0) return sign * difference;
    }
    return left.id - right.id;
  });
}

/** PostgreSQL's order: NULL, which is Odoo's `false`, counts as larger than everything. */
function compare(left: RawValue, right: RawValue, isBoolean: boolean): number {
  if (left === right) return 0;
  if (!isBoolean && left === false) return 1;
  if (!isBoolean && right === false) return -1;
  return left < right ? -1 : 1;
}
