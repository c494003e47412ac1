import type { OdooDatabase } from "./database.ts";
import { foreignKeyError, missingError, validationError, valueError } from "./errors.ts";
import type { Field, Model, RawValue, Scope, Values } from "./model.ts";

/** Refuses unknown fields, as Odoo does. */
export function checkFieldNames<Row extends { id: number }>(model: Model<Row>, names: Iterable<string>): void {
  for (const name of names) {
    if (!Object.hasOwn(model.fields, name)) throw valueError(`Invalid field '${name}' on '${model.name}'`);
  }
}

/**
 * Converts values to columns. Computed fields are silently dropped, as Odoo computes them again: writing `role` succeeds without
 * effect.
 */
export function toColumns<Row extends { id: number }>(
  db: OdooDatabase,
  model: Model<Row>,
  values: Values,
  scope: Scope,
  current?: Row,
): Partial<Row> {
  checkFieldNames(model, Object.keys(values));
  const columns: Record<string, RawValue> = {};
  for (const [name, value] of Object.entries(values)) {
    const field = model.fields[name]!;
    if (!field.isStored || READ_ONLY.has(name)) continue;
    columns[name] = toRaw(db, field, `${model.name}.${name}`, value, scope, current?.[name as keyof Row] as RawValue);
  }
  return columns as Partial<Row>;
}

const READ_ONLY: ReadonlySet<string> = new Set(["id", "create_date", "create_uid", "write_date"]);

function toRaw<Row>(
  db: OdooDatabase,
  field: Field<Row>,
  name: string,
  value: unknown,
  scope: Scope,
  current: RawValue | undefined,
): RawValue {
  const isEmpty = value === false || value === null;
  switch (field.type) {
    case "boolean":
      return Boolean(value);
    case "char":
    case "selection":
    case "date":
    case "datetime":
      return isEmpty ? false : typeof value === "string" ? value : JSON.stringify(value);
    case "integer":
      return isEmpty ? 0 : Number(value);
    case "many2one": {
      if (isEmpty) return false;
      if (!Number.isInteger(value)) throw valueError(`Wrong value for ${name}: ${JSON.stringify(value)}`);
      const id = value as number;
      // Odoo fails once it computes something from the missing record.
      if (db.label(field.relation!, id) === undefined)
        throw field.constraint ? foreignKeyError(field.constraint) : missingError(field.relation!, id, scope.userId);
      return id;
    }
    case "many2many": {
      const ids = applyCommands((current as readonly number[] | undefined) ?? [], value, name);
      for (const id of ids) {
        // The foreign key of the relation table refuses it, hence not a MissingError.
        if (db.label(field.relation!, id) === undefined)
          throw foreignKeyError(field.constraint ?? { troublemaker: "Unknown", name });
      }
      return ids;
    }
  }
}

/** Returns the ids after x2many commands: `[4, id]` link, `[3, id]` unlink, `[5]` clear, `[6, 0, ids]` replace. */
function applyCommands(current: readonly number[], commands: unknown, name: string): number[] {
  if (commands === false || commands === null) return [];
  if (!Array.isArray(commands)) throw valueError(`Wrong value for ${name}: ${JSON.stringify(commands)}`);
  if (commands.length > 0 && commands.every((command) => Number.isInteger(command))) return [...new Set(commands)];
  const ids = new Set(current);
  for (const command of commands) {
    const [code, id, replacement] = Array.isArray(command) ? command : [];
    if (code === 4 && Number.isInteger(id)) ids.add(id);
    else if (code === 3 && Number.isInteger(id)) ids.delete(id);
    else if (code === 5) ids.clear();
    else if (code === 6 && Array.isArray(replacement)) {
      ids.clear();
      for (const replaced of replacement) ids.add(Number(replaced));
    } else throw valueError(`Wrong value for ${name}: ${JSON.stringify(commands)}`);
  }
  return [...ids];
}

/** Odoo's message for an empty required column. */
export function requireValue<Row extends { id: number }>(
  model: Model<Row>,
  columns: Partial<Row>,
  name: keyof Row & string,
  title: string,
): void {
  if (columns[name]) return;
  throw validationError(
    `The operation cannot be completed: Missing required value for the field '${title}' (${name}).\n` +
      `Model: '${model.title}' (${model.name})\n- create/update: a mandatory field is not set\n` +
      "- delete: another model requires the record being deleted, you can archive it instead\n",
  );
}
