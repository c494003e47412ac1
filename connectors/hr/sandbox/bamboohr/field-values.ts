import type { Access } from "./access.ts";
import type { EmployeeView } from "./employee-view.ts";
import { FIELDS, type Field } from "./fields.ts";
import { NO_DATE } from "./history.ts";

/** The fields of some names; those that nobody knows, or that the key does not see, are left out without a word. */
export function findFields(names: readonly string[], access: Access): Field[] {
  return names.flatMap((name) => (access.hides(name) ? [] : (FIELDS.get(name) ?? [])));
}

/** Whoever has no value has null, and of a day `0000-00-00`. */
export function toValues(view: EmployeeView, fields: readonly Field[]): Record<string, string | null> {
  const values: Record<string, string | null> = { id: String(view.employee.id) };
  for (const { alias, type, read } of fields) values[alias] = read(view) ?? (type === "date" ? NO_DATE : null);
  return values;
}

/** What a report and the directory say of their fields. */
export function toColumns(fields: readonly Field[]): { id: string; type: string; name: string }[] {
  return fields.map(({ alias, type, name }) => ({ id: alias, type, name }));
}
