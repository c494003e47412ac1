import type { Access } from "./access.ts";
import type { EmployeeView } from "./employee-view.ts";
import { FIELDS, type Field } from "./fields.ts";
import { NO_DATE } from "./history.ts";

/** Returns fields by name; unknown and hidden ones are silently omitted. */
export function findFields(names: readonly string[], access: Access): Field[] {
  return names.flatMap((name) => (access.hides(name) ? [] : (FIELDS.get(name) ?? [])));
}

/** A missing value is null, a missing day `0000-00-00`. */
export function toValues(view: EmployeeView, fields: readonly Field[]): Record<string, string | null> {
  const values: Record<string, string | null> = { id: String(view.employee.id) };
  for (const { alias, type, read } of fields) values[alias] = read(view) ?? (type === "date" ? NO_DATE : null);
  return values;
}

/** The descriptions of fields in a report and the directory. */
export function toColumns(fields: readonly Field[]): { id: string; type: string; name: string }[] {
  return fields.map(({ alias, type, name }) => ({ id: alias, type, name }));
}
