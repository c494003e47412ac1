import type { ValidateFunction } from "ajv";
import { isStorable } from "./check-json.ts";
import type { DocumentParameter } from "./document-operations.ts";
import { explain } from "./explain.ts";
import { HttpError, NotFoundError } from "./http-error.ts";
import { compile } from "./schemas.ts";

/** A parameter with its compiled schema. */
export interface Parameter {
  name: string;
  isInteger: boolean;
  fallback: unknown;
  validate: ValidateFunction;
}

/** Headers by their names in the spec; those that the router reads are texts. */
interface Headers extends Record<string, unknown> {
  "Idempotency-Key"?: string;
  Prefer?: string;
  "X-Bridge-Reason"?: string;
}

/** Compiles a parameter of the document. */
export function toParameter({ name, schema, pointer }: DocumentParameter): Parameter {
  return {
    name,
    isInteger: schema.type === "integer",
    fallback: schema.default,
    validate: compile(pointer),
  };
}

/** Reads the path parameters. Throws 404 if one does not fit its schema. */
export function readPath(parameters: readonly Parameter[], value: (name: string) => string): Record<string, string> {
  const path: Record<string, string> = {};
  for (const { name, validate } of parameters) {
    const text = value(name);
    if (!isStorable(text)) throw new NotFoundError(`Not found: ${name} contains characters that no id has.`);
    if (!validate(text)) throw new NotFoundError(`Not found: ${reason(name, validate)}.`);
    path[name] = text;
  }
  return path;
}

/** Reads the query parameters. Throws 400 if one does not fit its schema; ignores undeclared ones. */
export function readQuery(parameters: readonly Parameter[], search: URLSearchParams): Record<string, unknown> {
  const query: Record<string, unknown> = {};
  for (const { name, isInteger, fallback, validate } of parameters) {
    const values = search.getAll(name);
    if (values.length > 1) throw new HttpError(400, `${name}: given ${values.length} times; give it once`);
    const [text] = values;
    if (text === undefined) {
      if (fallback !== undefined) query[name] = fallback;
      continue;
    }
    if (!isStorable(text)) throw new HttpError(400, `${name}: holds a NUL character or half a surrogate pair`);
    const value = toValue(text, isInteger);
    if (!validate(value)) throw new HttpError(400, reason(name, validate));
    query[name] = value;
  }
  return query;
}

/** Reads the headers by their names in the spec. Throws 400 if one does not fit its schema. */
export function readHeaders(parameters: readonly Parameter[], value: (name: string) => string | undefined): Headers {
  const headers: Headers = {};
  for (const { name, isInteger, validate } of parameters) {
    const text = value(name);
    if (text === undefined) continue;
    const typed = toValue(text, isInteger);
    if (!isStorable(text) || !validate(typed)) throw new HttpError(400, reason(name, validate));
    headers[name] = typed;
  }
  return headers;
}

/** Up to 15 digits are exact as a number; any other text stays one, and does not fit the schema. */
function toValue(text: string, isInteger: boolean): number | string {
  return isInteger && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

function reason(name: string, validate: ValidateFunction): string {
  return explain(validate.errors ?? []).replace(/^body/, name);
}
