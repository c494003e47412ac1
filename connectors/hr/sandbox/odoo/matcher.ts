import type { OdooDatabase } from "./database.ts";
import type { Condition, Operator, Term } from "./domain.ts";
import { valueError } from "./errors.ts";
import type { Model, RawValue, Scope } from "./model.ts";

type Matcher<Row> = (row: Row) => boolean;

/** Compiles a domain, once per call, into a test of a row. */
export function createMatcher<Row extends { id: number }>(
  db: OdooDatabase,
  model: Model<Row>,
  condition: Condition,
  scope: Scope,
): Matcher<Row> {
  switch (condition.kind) {
    case "constant":
      return () => condition.holds;
    case "and": {
      const parts = condition.parts.map((part) => createMatcher(db, model, part, scope));
      return (row) => parts.every((matches) => matches(row));
    }
    case "or": {
      const parts = condition.parts.map((part) => createMatcher(db, model, part, scope));
      return (row) => parts.some((matches) => matches(row));
    }
    case "not": {
      const matches = createMatcher(db, model, condition.part, scope);
      return (row) => !matches(row);
    }
    case "term":
      return termMatcher(db, model, condition, scope);
  }
}

function termMatcher<Row extends { id: number }>(
  db: OdooDatabase,
  model: Model<Row>,
  { field: name, operator, value }: Term,
  scope: Scope,
): Matcher<Row> {
  const field = Object.hasOwn(model.fields, name) ? model.fields[name] : undefined;
  if (!field) throw valueError(`Invalid field ${model.name}.${name} in condition ('${name}', '${operator}')`);
  // A many2one is compared with a text by its label.
  const byLabel = field.type === "many2one" && typeof value === "string";
  const test = valueTest(operator, value ?? false);
  return (row) => {
    const raw = field.value(row, scope);
    return test(byLabel && typeof raw === "number" ? (db.label(field.relation!, raw) ?? false) : raw);
  };
}

function valueTest(operator: Operator, value: unknown): (raw: RawValue) => boolean {
  switch (operator) {
    case "=":
      return (raw) => (Array.isArray(raw) ? isListed(raw, new Set([value])) : raw === value);
    case "!=":
      return (raw) => (Array.isArray(raw) ? !isListed(raw, new Set([value])) : raw !== value);
    case "in": {
      const values = toSet(value);
      return (raw) => (Array.isArray(raw) ? isListed(raw, values) : values.has(raw));
    }
    case "not in": {
      const values = toSet(value);
      return (raw) => !(Array.isArray(raw) ? isListed(raw, values) : values.has(raw));
    }
    // Empty values compare like NULL: neither above nor below anything.
    case ">":
      return (raw) => raw !== false && (raw as string) > (value as string);
    case ">=":
      return (raw) => raw !== false && (raw as string) >= (value as string);
    case "<":
      return (raw) => raw !== false && (raw as string) < (value as string);
    case "<=":
      return (raw) => raw !== false && (raw as string) <= (value as string);
    case "like":
    case "ilike":
    case "=like":
    case "=ilike": {
      const pattern = toPattern(operator, value);
      return (raw) => typeof raw === "string" && pattern.test(raw);
    }
    case "not like":
    case "not ilike": {
      const pattern = toPattern(operator === "not like" ? "like" : "ilike", value);
      return (raw) => !(typeof raw === "string" && pattern.test(raw));
    }
  }
}

function isListed(ids: readonly number[], values: ReadonlySet<unknown>): boolean {
  return ids.length === 0 ? values.has(false) : ids.some((id) => values.has(id));
}

export function toSet(value: unknown): ReadonlySet<unknown> {
  return new Set(Array.isArray(value) ? value : [value]);
}

/** SQL's LIKE: `%` is any text, `_` any character, `\` escapes; without the "=" the text may occur anywhere. */
function toPattern(operator: "like" | "ilike" | "=like" | "=ilike", value: unknown): RegExp {
  const body = String(value).replace(/\\(.)|[\s\S]/g, (character, escaped: string | undefined) => {
    if (escaped !== undefined) return toLiteral(escaped);
    return character === "%" ? ".*" : character === "_" ? "." : toLiteral(character);
  });
  const isWhole = operator.startsWith("=");
  return new RegExp(isWhole ? `^${body}$` : body, operator.endsWith("ilike") ? "is" : "s");
}

function toLiteral(character: string): string {
  return character.replace(/[.*+?^${}()|[\]\\]/, String.raw`\$&`);
}
