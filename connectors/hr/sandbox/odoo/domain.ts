import { valueError } from "./errors.ts";

/** An Odoo domain (prefix notation, terms joined by "and" by default) as a tree. */
export type Condition =
  | { kind: "and" | "or"; parts: Condition[] }
  | { kind: "not"; part: Condition }
  | { kind: "constant"; holds: boolean }
  | Term;

export interface Term {
  kind: "term";
  field: string;
  operator: Operator;
  value: unknown;
}

const OPERATORS = [
  "=",
  "!=",
  ">",
  ">=",
  "<",
  "<=",
  "in",
  "not in",
  "like",
  "not like",
  "ilike",
  "not ilike",
  "=like",
  "=ilike",
] as const;

export type Operator = (typeof OPERATORS)[number];

/** @example parseDomain(["|", ["login", "=", "ann"], ["email", "ilike", "ann@"], ["active", "=", true]]) */
export function parseDomain(domain: unknown): Condition {
  if (domain === undefined || domain === null || domain === false) return { kind: "and", parts: [] };
  if (!Array.isArray(domain)) throw valueError(`Domain() invalid item in domain: ${JSON.stringify(domain)}`);
  const items: readonly unknown[] = domain;
  let position = 0;

  function next(): Condition {
    if (position >= items.length) throw valueError(`Domain() malformed domain ${JSON.stringify(domain)}`);
    const item = items[position++];
    if (item === "&" || item === "|") return { kind: item === "&" ? "and" : "or", parts: [next(), next()] };
    if (item === "!") return { kind: "not", part: next() };
    return parseTerm(item);
  }

  const parts: Condition[] = [];
  while (position < items.length) parts.push(next());
  return { kind: "and", parts };
}

function parseTerm(item: unknown): Condition {
  if (!Array.isArray(item) || item.length !== 3) {
    throw valueError(`Domain() invalid item in domain: ${JSON.stringify(item)}`);
  }
  const [field, operator, value] = item as [unknown, unknown, unknown];
  // `[1, "=", 1]` and `[0, "=", 1]` mean always and never in Odoo.
  if (field === 1 || field === 0) return { kind: "constant", holds: field === value };
  const known = OPERATORS.find((candidate) => candidate === operator);
  if (typeof field !== "string" || !known) {
    throw valueError(`Invalid operator in condition (${JSON.stringify(item).slice(1, -1)})`);
  }
  return { kind: "term", field, operator: known, value };
}

/** The terms that every match fulfils, for use with an index. */
export function requiredTerms(condition: Condition): Term[] {
  if (condition.kind === "term") return [condition];
  return condition.kind === "and" ? condition.parts.flatMap(requiredTerms) : [];
}

/** Returns the fields of a domain. */
export function namedFields(condition: Condition): string[] {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.parts.flatMap(namedFields);
    case "not":
      return namedFields(condition.part);
    case "term":
      return [condition.field];
    case "constant":
      return [];
  }
}
