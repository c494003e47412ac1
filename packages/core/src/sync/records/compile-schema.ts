import { recordSchemas } from "./record-schemas.ts";

/** What is wrong with a value, and where in the record; the path grows on the way back up. */
export interface Fault {
  path: readonly (string | number)[];
  /** `must be a string`. */
  reason: string;
  value: unknown;
}

export type Check = (value: unknown) => Fault | undefined;

/** The JSON Schema that the contract uses for records. A keyword that is not here is refused, never passed over. */
interface Schema {
  $ref?: string;
  type?: string;
  enum?: readonly unknown[];
  required?: readonly string[];
  properties?: Readonly<Record<string, Schema>>;
  additionalProperties?: Schema;
  items?: Schema;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  allOf?: readonly Schema[];
  anyOf?: readonly Schema[];
}

type SchemaName = keyof typeof recordSchemas;

/** Compiles a schema of the contract into one function, so that a record costs a few comparisons. */
export function compileSchema(name: SchemaName): Check {
  return compile(recordSchemas[name]);
}

function compile(schema: Schema): Check {
  const { $ref, type, enum: allowed, allOf, anyOf, ...rest } = schema;
  const checks: Check[] = [];
  if ($ref !== undefined) checks.push(compile(resolve($ref)));
  for (const part of allOf ?? []) checks.push(compile(part));
  if (anyOf) checks.push(compileAnyOf(anyOf));
  if (type !== undefined) checks.push(compileType(type, rest));
  else if (Object.keys(rest).length > 0) throw unknownKeyword(rest);
  if (allowed)
    checks.push((value) => (allowed.includes(value) ? undefined : fault(`must be ${allowed.join(", ")}`, value)));
  return checks.length === 1 ? checks[0]! : (value) => first(checks, value);
}

function resolve(ref: string): Schema {
  const name = ref.replace("#/components/schemas/", "");
  if (!Object.hasOwn(recordSchemas, name)) throw new TypeError(`The schemas of records lack ${name}.`);
  return recordSchemas[name as SchemaName];
}

function first(checks: readonly Check[], value: unknown): Fault | undefined {
  for (const check of checks) {
    const found = check(value);
    if (found) return found;
  }
  return undefined;
}

function compileAnyOf(branches: readonly Schema[]): Check {
  const checks = branches.map(compile);
  const needed = branches.flatMap(({ required = [] }) => required).join(" or ");
  return (value) => {
    for (const check of checks) if (check(value) === undefined) return undefined;
    return { path: [needed], reason: "is missing", value: undefined };
  };
}

function compileType(type: string, rules: Schema): Check {
  switch (type) {
    case "string":
      return compileString(rules);
    case "integer":
      return compileInteger(rules);
    case "boolean":
      checkKeywords(rules);
      return (value) => (typeof value === "boolean" ? undefined : fault("must be true or false", value));
    case "array":
      return compileArray(rules);
    case "object":
      return compileObject(rules);
    default:
      throw new TypeError(`The schemas of records have the unknown type ${type}.`);
  }
}

function compileString({ minLength = 0, maxLength = Infinity, ...rest }: Schema): Check {
  checkKeywords(rest);
  return (value) => {
    if (typeof value !== "string") return fault("must be a string", value);
    if (value.length < minLength) return fault("must not be empty", value);
    // The contract counts characters, of which there are never more than code units.
    if (value.length <= maxLength) return undefined;
    const count = Array.from(value).length;
    return count > maxLength ? fault(`must have at most ${maxLength} characters, and has ${count}`, value) : undefined;
  };
}

function compileInteger({ minimum = -Infinity, ...rest }: Schema): Check {
  checkKeywords(rest);
  return (value) => {
    if (!Number.isInteger(value)) return fault("must be a whole number", value);
    return (value as number) < minimum ? fault(`must be at least ${minimum}`, value) : undefined;
  };
}

function compileArray({ items, maxItems = Infinity, ...rest }: Schema): Check {
  checkKeywords(rest);
  const check = compile(items ?? {});
  return (value) => {
    if (!Array.isArray(value)) return fault("must be a list", value);
    if (value.length > maxItems) return fault(`must have at most ${maxItems} entries, and has ${value.length}`, value);
    for (let index = 0; index < value.length; index++) {
      const found = check(value[index]);
      if (found) return within(index, found);
    }
    return undefined;
  };
}

function compileObject({ required = [], properties = {}, additionalProperties, ...rest }: Schema): Check {
  checkKeywords(rest);
  const fields = Object.entries(properties).map(([name, schema]) => ({ name, check: compile(schema) }));
  const names = new Set(Object.keys(properties));
  const checkOther = additionalProperties && compile(additionalProperties);
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return fault("must be an object", value);
    const object = value as Record<string, unknown>;
    for (const name of required)
      if (object[name] === undefined) return { path: [name], reason: "is missing", value: undefined };
    for (const { name, check } of fields) {
      const field = object[name];
      if (field === undefined) continue;
      const found = check(field);
      if (found) return within(name, found);
    }
    if (!checkOther) return undefined;
    for (const name in object) {
      const field = object[name];
      if (field === undefined || names.has(name)) continue;
      const found = checkOther(field);
      if (found) return within(name, found);
    }
    return undefined;
  };
}

function checkKeywords(rest: object): void {
  if (Object.keys(rest).length > 0) throw unknownKeyword(rest);
}

function unknownKeyword(rules: object): TypeError {
  return new TypeError(`The schemas of records use ${Object.keys(rules).join(", ")}, which no check knows.`);
}

function fault(reason: string, value: unknown): Fault {
  return { path: [], reason, value };
}

export function within(part: string | number, { path, ...rest }: Fault): Fault {
  return { path: [part, ...path], ...rest };
}
