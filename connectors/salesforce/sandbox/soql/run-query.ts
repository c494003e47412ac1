import type { ObjectDefinition } from "../object-definition.ts";
import { SalesforceError } from "../salesforce-error.ts";
import type { SalesforceOrg } from "../salesforce-org.ts";
import type { Row } from "../state.ts";
import type { Condition, Literal, Query } from "./query.ts";
import { resolvePath, type ResolvedPath } from "./resolve.ts";

export interface QueryResult {
  definition: ObjectDefinition;
  rows: readonly Row[];
  fields: readonly ResolvedPath[];
}

/** Runs a whole query; the caller does the paging. */
export function runQuery(org: SalesforceOrg, query: Query): QueryResult {
  const definition = org.definition(query.object);
  const fields = query.fields.map((path) => resolvePath(org, definition, path));
  const isMatch = query.where ? toTest(org, definition, query.where) : () => true;
  const orders = query.orderBy.map((order) => ({ ...order, ...resolvePath(org, definition, order.path) }));
  const rows = org.rows(definition.name).filter(isMatch);
  if (orders.length > 0)
    rows.sort((left, right) => {
      for (const { read, isDescending, areNullsLast } of orders) {
        const [a, b] = [read(left), read(right)];
        if ((a === null) !== (b === null)) return (a === null) === areNullsLast ? 1 : -1;
        const order = compare(toComparable(a), toComparable(b));
        if (order !== 0) return isDescending ? -order : order;
      }
      return 0;
    });
  return { definition, fields, rows: rows.slice(query.offset, query.offset + query.limit) };
}

type Test = (row: Row) => boolean;

function toTest(org: SalesforceOrg, definition: ObjectDefinition, condition: Condition): Test {
  switch (condition.kind) {
    case "and": {
      const tests = condition.parts.map((part) => toTest(org, definition, part));
      return (row) => tests.every((test) => test(row));
    }
    case "or": {
      const tests = condition.parts.map((part) => toTest(org, definition, part));
      return (row) => tests.some((test) => test(row));
    }
    case "not": {
      const test = toTest(org, definition, condition.part);
      return (row) => !test(row);
    }
    case "compare":
      return toComparison(resolvePath(org, definition, condition.path), condition);
    default:
      condition satisfies never;
      throw new TypeError("unknown condition");
  }
}

function toComparison(
  { field, read }: ResolvedPath,
  { path, operator, values }: Extract<Condition, { kind: "compare" }>,
): Test {
  const isId = field.type === "id" || field.type === "reference";
  const wanted = values.map((value) => toWanted(path, isId, value));
  const get = (row: Row) => toComparable(isId ? toShort(read(row)) : read(row));
  const [first = null] = wanted;
  switch (operator) {
    case "=":
      return (row) => get(row) === first;
    case "!=":
      return (row) => get(row) !== first;
    case "in":
      return (row) => wanted.includes(get(row));
    case "not in":
      return (row) => !wanted.includes(get(row));
    case "like": {
      const pattern = toPattern(String(values[0]));
      return (row) => pattern.test(String(toComparable(read(row)) ?? ""));
    }
    default: {
      const signs = { "<": [-1], "<=": [-1, 0], ">": [1], ">=": [1, 0] }[operator];
      return (row) => {
        const value = get(row);
        return value !== null && first !== null && signs.includes(Math.sign(compare(value, first)));
      };
    }
  }
}

type Comparable = string | number | boolean | null;

/** Normalizes a literal: texts are compared ignoring case, ids by their first 15 characters with case. */
function toWanted(path: string, isId: boolean, value: Literal): Comparable {
  if (!isId || value === null) return toComparable(value);
  if (typeof value !== "string" || !/^(?:[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?)?$/.test(value))
    throw new SalesforceError(400, "INVALID_QUERY_FILTER_OPERATOR", `invalid ID field: ${String(value)} (${path})`);
  return toComparable(toShort(value));
}

// Hexadecimal, which lower case does not change.
const toShort = (id: unknown) => (typeof id === "string" ? Buffer.from(id.slice(0, 15)).toString("hex") : id);

function toComparable(value: unknown): Comparable {
  if (value instanceof Date) return value.getTime();
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "string") return null;
  return /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : value.toLowerCase();
}

function compare(left: Comparable, right: Comparable): number {
  if (left === right) return 0;
  return (left ?? "") < (right ?? "") ? -1 : 1;
}

function toPattern(like: string): RegExp {
  const parts = Array.from(like).map((letter) => {
    if (letter === "%") return ".*";
    return letter === "_" ? "." : letter.replace(/[$()*+.?[\\\]^{|}]/, String.raw`\$&`);
  });
  return new RegExp(`^${parts.join("")}$`, "isu");
}
