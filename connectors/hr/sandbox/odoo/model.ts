import type { ModelName, NamedModel } from "./state.ts";
import type { Table } from "./table.ts";

/** A field's value before it is written for the wire: a many2one is an id, empty is `false`. */
export type RawValue = string | number | boolean | readonly number[];

export type FieldType = "integer" | "char" | "boolean" | "date" | "datetime" | "selection" | "many2one" | "many2many";

export interface Scope {
  /** The id of the user whose key was used. */
  userId: number;
  /** `context.active_test`: whether archived records are hidden; Odoo's default is true. */
  activeTest: boolean;
  context: Record<string, unknown>;
}

export interface Field<Row> {
  type: FieldType;
  /** The model that a many2one or many2many points to. */
  relation?: ModelName | NamedModel;
  /** Only stored fields can be written. */
  isStored: boolean;
  value(row: Row, scope: Scope): RawValue;
}

export type Operation = "read" | "write" | "create" | "unlink";
export type Values = Record<string, unknown>;

/** One Odoo model: what it is, who may use it, and how it changes. */
export interface Model<Row extends { id: number }> {
  name: ModelName;
  /** The name used in error messages. */
  title: string;
  table: Table<Row>;
  fields: Record<string, Field<Row>>;
  /** Odoo's own default order, which is rarely the id. */
  defaultOrder: string;
  /** The groups that grant each operation. */
  access: Record<Operation, readonly number[]>;
  create(valuesList: Values[], scope: Scope): number[];
  write(ids: number[], values: Values, scope: Scope): void;
  unlink(ids: number[], scope: Scope): void;
  /** Further public methods, on existing records. */
  actions?: Record<string, (ids: number[], scope: Scope) => unknown>;
}

/** A field that is a column of the row. */
export function stored<Row>(
  name: keyof Row & string,
  type: FieldType,
  relation?: ModelName | NamedModel,
): Record<string, Field<Row>> {
  return {
    [name]: { type, isStored: true, value: (row) => row[name] as RawValue, ...(relation && { relation }) },
  };
}

export function computed<Row>(
  name: string,
  type: FieldType,
  value: Field<Row>["value"],
  relation?: ModelName,
): Record<string, Field<Row>> {
  return { [name]: { type, isStored: false, value, ...(relation && { relation }) } };
}
