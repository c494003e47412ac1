import { resolve, type Schema } from "./operations.ts";

/**
 * Values that fit a schema: its own examples, those of its branches, and one with every property. The first is the best
 * to start from.
 */
export function buildValues(schema: Schema): unknown[] {
  const { examples = [], anyOf = [], oneOf = [], ...rest } = resolve(schema);
  return [...examples, ...[...anyOf, ...oneOf].flatMap(buildValues), ...buildWhole(rest)];
}

function buildWhole(schema: Schema): unknown[] {
  if (schema.default !== undefined) return [schema.default];
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum !== undefined) return schema.enum;
  if (schema.properties !== undefined) return [buildObject(schema.properties)];
  if (schema.items !== undefined) return [buildValues(schema.items).slice(0, 1)];
  if (schema.allOf !== undefined) return [Object.assign({}, ...schema.allOf.map((part) => buildValues(part)[0]))];
  return [schema.type ?? []].flat().map((type) => buildScalar(type, schema));
}

function buildObject(properties: Record<string, Schema>): object {
  return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, buildValues(property)[0]]));
}

function buildScalar(type: string, { format, minimum = 1 }: Schema): unknown {
  switch (type) {
    case "string":
      if (format === "uuid") return "00000000-0000-4000-8000-000000000000";
      return format === "date-time" ? "2026-11-15T10:00:00Z" : "text";
    case "integer":
    case "number":
      return minimum;
    case "boolean":
      return true;
    case "array":
      return [];
    case "null":
      return null;
    default:
      return {};
  }
}
