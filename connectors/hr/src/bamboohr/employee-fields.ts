import type { EmployeeField } from "./bamboohr-models.ts";
import { toValue } from "./to-value.ts";

/** How a call names the fields of an employee. */
export type FieldNames = Readonly<Record<EmployeeField, string>>;

/** Those that every call names alike. */
export const COMMON_NAMES = {
  firstName: "firstName",
  lastName: "lastName",
  preferredName: "preferredName",
  status: "status",
  workEmail: "workEmail",
} as const;

/** What a row says of each field. What is neither a text nor a number is no value; `doubts` says of which fields. */
export function readValues(row: Readonly<Record<string, unknown>>, names: FieldNames) {
  const doubts: EmployeeField[] = [];
  const values = fieldsOf(names).map((field) => [
    field,
    toValue(row[names[field]], names[field], () => doubts.push(field)),
  ]);
  return { values: Object.fromEntries(values) as Record<EmployeeField, string | null>, doubts };
}

export function fieldsOf(names: FieldNames): readonly EmployeeField[] {
  return Object.keys(names) as EmployeeField[];
}
