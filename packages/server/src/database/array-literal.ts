const NEEDS_ESCAPE = /["\\]/;

/**
 * A list in PostgreSQL's array syntax, sent as one parameter and cast there. The driver does the same for an array at a
 * multiple of the cost: a tenth of all work for a page.
 */
export function toArrayLiteral(values: readonly (string | null)[]): string {
  return `{${values.map(toElement).join(",")}}`;
}

function toElement(value: string | null): string {
  if (value === null) return "NULL";
  return `"${NEEDS_ESCAPE.test(value) ? value.replaceAll(/["\\]/g, String.raw`\$&`) : value}"`;
}
