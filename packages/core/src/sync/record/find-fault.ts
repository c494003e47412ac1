import { recordSchemas, type Schema } from "./record-schemas.ts";

/** What is wrong with a value, and where in the record. */
export interface Fault {
  path: readonly (string | number)[];
  /** `must be a string`. */
  reason: string;
  value: unknown;
}

type SchemaName = keyof typeof recordSchemas;

/** Finds the first thing that the contract does not allow; returns undefined if the value is valid. */
export function findFault(schema: SchemaName | Schema, value: unknown): Fault | undefined {
  return find(typeof schema === "string" ? recordSchemas[schema] : schema, value);
}

function find(schema: Schema, value: unknown): Fault | undefined {
  const { $ref, enum: allowed, allOf = [], anyOf } = schema;
  return (
    ($ref === undefined ? findOfType(schema, value) : find(resolve($ref), value)) ??
    (allowed && !allowed.includes(value) ? fault(`must be ${allowed.join(", ")}`, value) : undefined) ??
    firstOf(allOf, (part) => find(part, value)) ??
    (anyOf && findInAll(anyOf, value))
  );
}

function resolve(ref: string): Schema {
  return recordSchemas[ref.replace("#/components/schemas/", "") as SchemaName];
}

/** Each branch of an `anyOf` in the contract requires a field. */
function findInAll(branches: readonly Schema[], value: unknown): Fault | undefined {
  if (branches.some((branch) => find(branch, value) === undefined)) return undefined;
  const needed = branches.flatMap(({ required = [] }) => required).join(" or ");
  return { path: [needed], reason: "is missing", value: undefined };
}

function findOfType(schema: Schema, value: unknown): Fault | undefined {
  switch (schema.type) {
    case "string":
      return typeof value === "string" ? findInString(schema, value) : fault("must be a string", value);
    case "integer":
      return Number.isInteger(value) ? findInInteger(schema, value as number) : fault("must be a whole number", value);
    case "boolean":
      return typeof value === "boolean" ? undefined : fault("must be true or false", value);
    case "array":
      return Array.isArray(value) ? findInArray(schema, value) : fault("must be a list", value);
    case "object":
      return isObject(value) ? findInObject(schema, value) : fault("must be an object", value);
    default:
      return undefined;
  }
}

function findInString({ minLength = 0, maxLength = Infinity }: Schema, value: string): Fault | undefined {
  if (value.length < minLength) return fault("must not be empty", value);
  // The contract counts characters, which are never more than code units.
  if (value.length <= maxLength) return undefined;
  const count = Array.from(value).length;
  return count > maxLength ? fault(`must have at most ${maxLength} characters, and has ${count}`, value) : undefined;
}

function findInInteger({ minimum = -Infinity }: Schema, value: number): Fault | undefined {
  return value < minimum ? fault(`must be at least ${minimum}`, value) : undefined;
}

function findInArray({ items = {}, maxItems = Infinity }: Schema, value: readonly unknown[]): Fault | undefined {
  if (value.length > maxItems) return fault(`must have at most ${maxItems} entries, and has ${value.length}`, value);
  return firstOf([...value.keys()], (index) => findWithin(index, items, value[index]));
}

function findInObject(schema: Schema, value: Record<string, unknown>): Fault | undefined {
  const { required = [], properties = {}, additionalProperties = {} } = schema;
  const missing = required.find((name) => value[name] === undefined);
  if (missing !== undefined) return { path: [missing], reason: "is missing", value: undefined };
  const schemaOf = (name: string) => (Object.hasOwn(properties, name) ? properties[name]! : additionalProperties);
  const present = [...Object.keys(properties), ...Object.keys(value)].filter((name) => value[name] !== undefined);
  return firstOf(present, (name) => findWithin(name, schemaOf(name), value[name]));
}

function findWithin(part: string | number, schema: Schema, value: unknown): Fault | undefined {
  const found = find(schema, value);
  return found && within(part, found);
}

function firstOf<T>(items: readonly T[], find: (item: T) => Fault | undefined): Fault | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fault(reason: string, value: unknown): Fault {
  return { path: [], reason, value };
}

/** Returns the fault with its path seen from the parent. */
export function within(part: string | number, { path, ...rest }: Fault): Fault {
  return { path: [part, ...path], ...rest };
}
