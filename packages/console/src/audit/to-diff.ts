/** A field as it was and as it is; undefined where it was not there. */
export interface Difference {
  /** With the names around it: `removal_guard.min_count`. */
  name: string;
  before: string | undefined;
  after: string | undefined;
}

type Fields = Readonly<Record<string, unknown>> | null | undefined;

/** The fields that differ between two states, down to what is no object. */
export function toDiff(before: Fields, after: Fields): Difference[] {
  const [was, is] = [flatten(before), flatten(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((name) => ({ name, before: was.get(name), after: is.get(name) }))
    .filter((difference) => difference.before !== difference.after);
}

function flatten(fields: Fields, around = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(fields ?? {})) {
    const name = around + key;
    if (isFields(value)) for (const [inner, text] of flatten(value, `${name}.`)) found.set(inner, text);
    else found.set(name, toText(value));
  }
  return found;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

function toText(value: unknown): string {
  if (value === null) return "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}
