import type { ErrorObject } from "ajv";
import { formatPath } from "./check-json.ts";

const MAX_SHOWN_LENGTH = 80;

/** Describes where a value does not fit its schema, what is expected there and what it is. */
export function explain(errors: readonly ErrorObject[]): string {
  const last = errors.at(-1);
  if (last === undefined) return "body: is not valid";
  if (last.keyword === "anyOf") {
    const needed = errors.slice(0, -1);
    if (needed.every((error) => error.keyword === "required" && error.instancePath === last.instancePath)) {
      return `${toPath(last)}: needs ${needed.map((error) => String(error.params["missingProperty"])).join(" or ")}`;
    }
  }
  // The branch of an `anyOf` that matched furthest is the intended one.
  const meant = errors.reduce((best, error) => (depth(error) > depth(best) ? error : best));
  return describe(meant);
}

function describe(error: ErrorObject): string {
  const path = toPath(error);
  const { params, data } = error;
  switch (error.keyword) {
    case "required":
      return `${toPath(error, String(params["missingProperty"]))}: is required`;
    case "additionalProperties":
      return `${toPath(error, String(params["additionalProperty"]))}: is not a known field`;
    case "type": {
      const expected = [params["type"]].flat().map((type) => (type === "null" ? "null" : withArticle(String(type))));
      return `${path}: must be ${expected.join(" or ")}, got ${typeOf(data)}`;
    }
    case "enum":
      return `${path}: must be one of ${(params["allowedValues"] as unknown[]).join(", ")}, got ${show(data)}`;
    case "minLength":
      return params["limit"] === 1 ? `${path}: must not be empty` : `${path}: is too short`;
    case "maxLength":
      return `${path}: must have at most ${params["limit"]} characters, got ${Array.from(String(data)).length}`;
    case "maxItems":
      return tooMany(error);
    case "minProperties":
      return `${path}: must have at least ${params["limit"]} field`;
    case "minimum":
    case "maximum":
      return `${path}: must be ${params["comparison"]} ${params["limit"]}, got ${show(data)}`;
    case "format":
      return `${path}: must be a ${params["format"]}, got ${show(data)}`;
    case "pattern":
      return `${path}: must match ${params["pattern"]}, got ${show(data)}`;
    default:
      return `${path}: ${error.message ?? "is not valid"}`;
  }
}

function tooMany(error: ErrorObject): string {
  const path = toPath(error);
  const count = (error.data as unknown[]).length;
  const limit = `at most ${error.params["limit"]} are allowed`;
  return path === "records" ? `records: ${count} records in one page; ${limit}` : `${path}: ${count} refs; ${limit}`;
}

function toPath(error: ErrorObject, field?: string): string {
  const parts = error.instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return formatPath(field === undefined ? parts : [...parts, field]);
}

function depth(error: ErrorObject): number {
  return error.instancePath.split("/").length;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function withArticle(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > MAX_SHOWN_LENGTH ? `${text.slice(0, MAX_SHOWN_LENGTH)}…` : text;
}
