import type { Schema } from "./record-schema.ts";

const IS_OBJECT = `function isObject(value: any): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}`;

/**
 * Generates `recordChecks`, a function per schema by name: straight-line comparisons, because they run for every record. The
 * length of a string is counted in code units, of which there are never fewer than the characters that the contract counts:
 * a record that passes is valid, and one that fails may still be.
 */
export function writeRecordChecks(schemas: Readonly<Record<string, Schema>>): string {
  const functions = [IS_OBJECT];
  for (const [name, schema] of Object.entries(schemas)) {
    const expression = new Writer(name, functions).write(schema, "value");
    const isWritten = expression === `is${name}(value)`;
    if (!isWritten) functions.push(writeFunction(name, `return ${expression};`));
  }
  const names = Object.keys(schemas).map((name) => `  ${name}: is${name},`);
  functions.push(`export const recordChecks = {\n${names.join("\n")}\n};`);
  return `${functions.join("\n\n")}\n`;
}

/** Writes the expression of one schema; loops become separate functions. */
class Writer {
  readonly #name: string;
  readonly #functions: string[];

  constructor(name: string, functions: string[]) {
    this.#name = name;
    this.#functions = functions;
  }

  /** Returns a condition that is true if the expression `value` fits the schema. */
  write(schema: Schema, value: string): string {
    const { $ref, type, enum: allowed, allOf, anyOf, ...rules } = schema;
    const conditions: string[] = [];
    if ($ref !== undefined) conditions.push(`is${$ref.replace("#/components/schemas/", "")}(${value})`);
    if (allowed) conditions.push(either(allowed.map((one) => `${value} === ${JSON.stringify(one)}`)));
    else if (type !== undefined) conditions.push(...this.#writeType(type, rules, value));
    else checkKeywords(rules);
    for (const part of allOf ?? []) conditions.push(this.write(part, value));
    if (anyOf) conditions.push(either(anyOf.map((part) => this.write(part, value))));
    return conditions.join(" && ");
  }

  #writeType(type: string, rules: Schema, value: string): string[] {
    switch (type) {
      case "string":
        return writeString(rules, value);
      case "integer":
        return writeInteger(rules, value);
      case "boolean":
        checkKeywords(rules);
        return [`typeof ${value} === "boolean"`];
      case "array":
        return [this.#writeArray(rules, value)];
      case "object":
        return rules.additionalProperties ? [this.#writeMap(rules, value)] : this.#writeObject(rules, value);
      default:
        throw new TypeError(`Can't generate a check for the type ${type}.`);
    }
  }

  #writeObject({ required = [], properties = {}, ...rest }: Schema, value: string): string[] {
    checkKeywords(rest);
    const fields = Object.entries(properties).map(([name, schema]) => {
      const field = `${value}.${name}`;
      const condition = this.#within(toPascalCase(name)).write(schema, field);
      return required.includes(name) ? condition : either([`${field} === undefined`, condition]);
    });
    const others = required.filter((name) => !Object.hasOwn(properties, name));
    return [`isObject(${value})`, ...others.map((name) => `${value}.${name} !== undefined`), ...fields];
  }

  #writeMap({ additionalProperties, ...rest }: Schema, value: string): string {
    checkKeywords(rest);
    const condition = this.#within("Entry").write(additionalProperties!, "value[key]");
    const lines = [
      "if (!isObject(value)) return false;",
      `for (const key in value) if (value[key] !== undefined && !(${condition})) return false;`,
      "return true;",
    ];
    return this.#call(lines, value);
  }

  #writeArray({ items = {}, maxItems = Infinity, ...rest }: Schema, value: string): string {
    checkKeywords(rest);
    const condition = this.#within("Item").write(items, "item");
    const lines = [
      `if (!Array.isArray(value) || value.length > ${maxItems}) return false;`,
      `for (const item of value) if (!(${condition})) return false;`,
      "return true;",
    ];
    return this.#call(lines, value);
  }

  #within(part: string): Writer {
    return new Writer(`${this.#name}${part}`, this.#functions);
  }

  #call(lines: readonly string[], value: string): string {
    this.#functions.push(writeFunction(this.#name, lines.join("\n  ")));
    return `is${this.#name}(${value})`;
  }
}

function writeString({ minLength = 0, maxLength, ...rest }: Schema, value: string): string[] {
  checkKeywords(rest);
  const conditions = [`typeof ${value} === "string"`];
  if (minLength > 0) conditions.push(`${value}.length >= ${minLength}`);
  if (maxLength !== undefined) conditions.push(`${value}.length <= ${maxLength}`);
  return conditions;
}

function writeInteger({ minimum, ...rest }: Schema, value: string): string[] {
  checkKeywords(rest);
  const conditions = [`Number.isInteger(${value})`];
  if (minimum !== undefined) conditions.push(`${value} >= ${minimum}`);
  return conditions;
}

function writeFunction(name: string, body: string): string {
  return `function is${name}(value: any): boolean {\n  ${body}\n}`;
}

/** Turns `unknown_refs` into `UnknownRefs`. */
function toPascalCase(name: string): string {
  return name.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function either(conditions: readonly string[]): string {
  return `(${conditions.join(" || ")})`;
}

/** Throws for an unsupported keyword instead of ignoring it. */
function checkKeywords(rules: object): void {
  const names = Object.keys(rules);
  if (names.length > 0) throw new TypeError(`Can't generate a check for the keywords ${names.join(", ")}.`);
}
