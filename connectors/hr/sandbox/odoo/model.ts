import type { OdooError } from "./errors.ts";
import type { ModelName, NamedModel } from "./state.ts";
import type { Table } from "./table.ts";

/** A field's internal value: a many2one is an id, empty is `false`. */
export type RawValue = string | number | boolean | readonly number[];

export type FieldType = "integer" | "char" | "boolean" | "date" | "datetime" | "selection" | "many2one" | "many2many";

export interface Scope {
  /** The id of the key's user. */
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
  /** The database constraint that refuses a missing record; without it Odoo fails before. */
  constraint?: Constraint;
  value(row: Row, scope: Scope): RawValue;
}

export interface Constraint {
  troublemaker: string;
  name: string;
}

export type Operation = "read" | "write" | "create" | "unlink";
export type Values = Record<string, unknown>;

/** An Odoo model: its fields, access and methods. */
export interface Model<Row extends { id: number }> {
  name: ModelName | "res.partner" | "res.users.apikeys";
  /** The name in error messages. */
  title: string;
  table: Table<Row>;
  fields: Record<string, Field<Row>>;
  /** Only its access rights are modelled. */
  isAccessOnly?: boolean;
  /** Odoo's own default order, which is rarely the id. */
  defaultOrder: string;
  /** The groups that grant each operation. */
  access: Record<Operation, readonly number[]>;
  /** A special error for a refused operation. */
  refusal?: Partial<Record<Operation, (userId: number) => OdooError>>;
  /** Fields that everybody may read, even without access to the model. */
  publicFields?: ReadonlySet<string>;
  /** The model's record rule: whether a user sees a row. */
  isVisible?(row: Row, userId: number): boolean;
  create(valuesList: Values[], scope: Scope): number[];
  write(ids: number[], values: Values, scope: Scope): void;
  unlink(ids: number[], scope: Scope): void;
  /** Further public methods, on existing records; each checks the rights itself. */
  actions?: Record<string, (ids: number[], scope: Scope) => unknown>;
}

/** A field stored in the row. */
export function stored<Row>(
  name: keyof Row & string,
  type: FieldType,
  relation?: ModelName | NamedModel,
  constraint?: Constraint,
): Record<string, Field<Row>> {
  return {
    [name]: {
      type,
      isStored: true,
      value: (row) => row[name] as RawValue,
      ...(relation && { relation }),
      ...(constraint && { constraint }),
    },
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
