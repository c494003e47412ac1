import type { Fault, SandboxCall } from "@bridgekit/sandbox";

/** The ways in which a product may write an empty field. */
export const BLANKS = ["absent", "null", "an empty text"] as const;
export type Blank = (typeof BLANKS)[number];

type Row = Record<string, unknown>;
interface Field {
  isText: boolean;
  isBlank: boolean;
  isOther: boolean;
}

/** Learns from the responses of a read which text fields a product leaves empty in some rows. */
export class OptionalFields {
  /** Kind of object → field name → the kinds of values seen. */
  readonly #kinds = new Map<string, { count: number; fields: Map<string, Field & { count: number }> }>();

  learn({ path }: Pick<SandboxCall, "path">, body: unknown): void {
    for (const { kind, row } of rowsOf(body, kindOf(path))) {
      const known = this.#kinds.get(kind) ?? { count: 0, fields: new Map() };
      this.#kinds.set(kind, known);
      known.count++;
      for (const [name, value] of Object.entries(row)) {
        const field = known.fields.get(name) ?? { isText: false, isBlank: false, isOther: false, count: 0 };
        known.fields.set(name, field);
        field.count++;
        if (isBlank(value)) field.isBlank = true;
        else if (typeof value === "string") field.isText = true;
        else field.isOther = true;
      }
    }
  }

  /** Returns the fields that are texts in some rows and empty in others. */
  list(): string[] {
    return [...this.#kinds].flatMap(([kind, { count, fields }]) =>
      [...fields]
        .filter(([, field]) => field.isText && !field.isOther && (field.isBlank || field.count < count))
        .map(([name]) => `${kind} ${name}`),
    );
  }
}

/** Rewrites the empty values of these fields in one form. */
export function rewriteBlanks(call: SandboxCall, fields: ReadonlySet<string>, blank: Blank): Fault {
  const namesOf = new Map<string, string[]>();
  for (const field of fields) {
    const kind = field.slice(0, field.lastIndexOf(" "));
    namesOf.set(kind, [...(namesOf.get(kind) ?? []), field.slice(kind.length + 1)]);
  }
  return {
    kind: "change",
    change(body) {
      for (const { kind, row } of rowsOf(body, kindOf(call.path)))
        for (const name of namesOf.get(kind) ?? []) if (isBlank(row[name])) setBlank(row, name, blank);
      return body;
    },
  };
}

/** Empties a field wherever it occurs. */
export function blankField(name: string, blank: Blank): Fault {
  return {
    kind: "change",
    change(body) {
      for (const { row } of rowsOf(body, "")) if (Object.hasOwn(row, name)) setBlank(row, name, blank);
      return body;
    },
  };
}

function setBlank(row: Row, name: string, blank: Blank): void {
  if (blank === "absent") delete row[name];
  else row[name] = blank === "null" ? null : "";
}

// Some products write `false`.
function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === "" || value === false;
}

/** Yields every object of a body at any depth, with the kind of its path. */
function* rowsOf(value: unknown, kind: string): Generator<{ kind: string; row: Row }> {
  if (Array.isArray(value)) for (const item of value) yield* rowsOf(item, `${kind}[]`);
  else if (typeof value === "object" && value !== null) {
    yield { kind, row: value as Row };
    for (const [name, child] of Object.entries(value)) yield* rowsOf(child, `${kind}.${name}`);
  }
}

/** The path with ids replaced by `*`. */
function kindOf(path: string): string {
  return path.replaceAll(/[^/]*\d[^/]*/g, "*").replaceAll(" ", "+");
}
