import { html } from "hono/html";
import { nameOf, type Schema } from "./document.ts";

type Html = ReturnType<typeof html>;

/** What a value may be, in a few words, with links to the schemas that have a name. */
export function describeType(schema: Schema): Html | string {
  if (schema.$ref !== undefined) {
    const name = nameOf(schema.$ref);
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  if (schema.enum !== undefined)
    return html`${join(
      schema.enum.map((value) => code(value)),
      " or ",
    )}`;
  if (schema.const !== undefined) return code(schema.const);
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return html`${join(alternatives.map(describeType), " or ")}`;
  if (schema.allOf !== undefined) return html`${join(schema.allOf.map(describeType), " and ")}`;
  if (schema.items !== undefined) return html`array of ${describeType(schema.items)}`;
  if (typeof schema.additionalProperties === "object" && schema.properties === undefined)
    return html`map of ${describeType(schema.additionalProperties)}`;
  if (schema.properties !== undefined) return html`object with ${join(Object.keys(schema.properties).map(code), ", ")}`;
  return [schema.type ?? "any value"].flat().join(" or ");
}

/** The limits of a value: format, length, range, default. */
export function describeLimits(schema: Schema): string {
  const limits = [
    schema.format,
    range(schema.minLength, schema.maxLength, "characters"),
    range(schema.minimum, schema.maximum, ""),
    range(undefined, schema.maxItems, "items"),
    range(schema.minProperties, undefined, "fields"),
    schema.pattern !== undefined ? `matches ${schema.pattern}` : undefined,
    schema.default !== undefined ? `default ${JSON.stringify(schema.default)}` : undefined,
  ];
  return limits.filter((limit) => limit !== undefined).join(", ");
}

function range(least: number | undefined, most: number | undefined, unit: string): string | undefined {
  if (least === undefined && most === undefined) return undefined;
  if (most === undefined) return `at least ${least} ${unit}`.trimEnd();
  if (least === undefined) return `at most ${most} ${unit}`.trimEnd();
  return `${least} to ${most} ${unit}`.trimEnd();
}

function code(value: unknown): Html {
  return html`<code>${typeof value === "string" ? value : JSON.stringify(value)}</code>`;
}

function join(parts: readonly (Html | string)[], separator: string): (Html | string)[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part]));
}
