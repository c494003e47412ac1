import type { OdooDatabase } from "./database.ts";
import type { Model, Scope } from "./model.ts";
import { checkFieldNames } from "./values.ts";

/** Rows as JSON-2 shows them: `id` first, a many2one as `[id, label]`, empty as `false`. */
export function readRows<Row extends { id: number }>(
  db: OdooDatabase,
  model: Model<Row>,
  rows: readonly Row[],
  fields: unknown,
  scope: Scope,
): Record<string, unknown>[] {
  // No fields, or an empty list, means all of them.
  const names = Array.isArray(fields) && fields.length > 0 ? (fields as string[]) : Object.keys(model.fields);
  checkFieldNames(model, names);
  return rows.map((row) => {
    const record: Record<string, unknown> = { id: row.id };
    for (const name of names) {
      const field = model.fields[name]!;
      const raw = field.value(row, scope);
      if (field.type !== "many2one" || typeof raw !== "number") {
        record[name] = raw;
        continue;
      }
      const label = db.label(field.relation!, raw);
      record[name] = label === undefined ? false : [raw, label];
    }
    return record;
  });
}
