import { toId18 } from "../src/salesforce-ids.ts";
import { checkAssignment, findSameAssignment } from "./rules/assignments.ts";
import { addDefaults, checkUser } from "./rules/users.ts";
import type { FieldDefinition, ObjectDefinition } from "./object-definition.ts";
import { NotOffered } from "@bridgekit/sandbox";
import { isCustom, refused, SalesforceError } from "./salesforce-error.ts";
import { now, type SalesforceOrg } from "./salesforce-org.ts";
import type { Row } from "./state.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Creates a row as POST does; returns the existing one if Salesforce does. */
export function createRow(org: SalesforceOrg, definition: ObjectDefinition, body: Fields): Row {
  const { name } = definition;
  if (!definition.isCreateable) throw notSupported("POST", name);
  const fields = readFields(org, definition, body, "create");
  if (name === "User") addDefaults(org, fields);
  const missing = [...definition.fields.values()].filter(
    (field) => field.isCreateable && !field.isNillable && !field.isDefaulted && isEmpty(fields[field.name]),
  );
  if (missing.length > 0) {
    const names = missing.map((field) => field.name);
    throw refused("REQUIRED_FIELD_MISSING", `Required fields are missing: [${names.join(", ")}]`, ...names);
  }
  if (name === "User") checkUser(org, undefined, fields);
  checkAssignment(org, name, fields);
  const same = findSameAssignment(org, name, fields);
  if (same) return same;
  const at = now();
  const row = org.insert(name, { ...fields, CreatedDate: at, LastModifiedDate: at, SystemModstamp: at });
  if (name === "User") org.insert("UserLogin", { UserId: row.Id, IsFrozen: false, IsPasswordLocked: false });
  return row;
}

/** Changes a row as PATCH does. `ownId` is the signed-in user. */
export function updateRow(
  org: SalesforceOrg,
  definition: ObjectDefinition,
  row: Row,
  { body, ownId }: { body: Fields; ownId: string },
): void {
  if (!definition.isUpdateable) throw notSupported("PATCH", definition.name);
  const fields = readFields(org, definition, body, "update");
  for (const [name, value] of Object.entries(fields))
    if (value === null && !definition.fields.get(name.toLowerCase())!.isNillable)
      throw refused("REQUIRED_FIELD_MISSING", `Required fields are missing: [${name}]`, name);
  if (definition.name === "User") {
    if (row.Id === ownId && fields["IsActive"] === false)
      throw refused("FIELD_INTEGRITY_EXCEPTION", "You can't deactivate your own user record.", "IsActive");
    checkUser(org, row, fields);
  }
  const at = now();
  Object.assign(row, fields, { LastModifiedDate: at, SystemModstamp: at });
}

export function deleteRow(org: SalesforceOrg, definition: ObjectDefinition, row: Row): void {
  if (!definition.isDeletable) throw notSupported("DELETE", definition.name);
  org.remove(definition.name, row);
}

/** Returns the fields of a body under their canonical names. Throws for unknown, read-only, mistyped, too long or dangling values. */
function readFields(
  org: SalesforceOrg,
  definition: ObjectDefinition,
  body: Fields,
  ability: "create" | "update",
): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(body)) {
    if (key === "attributes") continue;
    const field = definition.fields.get(key.toLowerCase());
    if (!field && !isCustom(key)) throw new NotOffered(`The field ${key} of ${definition.name}`);
    if (!field) {
      const message = `No such column '${key}' on sobject of type ${definition.name}`;
      throw new SalesforceError(400, "INVALID_FIELD", message);
    }
    if (!(ability === "create" ? field.isCreateable : field.isUpdateable))
      throw refused(
        "INVALID_FIELD_FOR_INSERT_UPDATE",
        `Unable to create/update fields: ${field.name}. Please check the security settings of this field and verify that ` +
          "it is read/write for your profile or permission set.",
        field.name,
      );
    fields[field.name] = value === null || value === "" ? null : readValue(org, field, value);
  }
  return fields;
}

function readValue(org: SalesforceOrg, field: FieldDefinition, value: unknown): unknown {
  const { name, type, length, referenceTo } = field;
  const expected = type === "boolean" ? "boolean" : "string";
  if (typeof value !== expected)
    throw new SalesforceError(
      400,
      "JSON_PARSER_ERROR",
      `Cannot deserialize instance of ${type} from ${typeof value} value ${String(value)}`,
    );
  if (typeof value !== "string") return value;
  if (type === "reference") {
    if (!/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(value))
      throw refused("MALFORMED_ID", `${name}: id value of incorrect type: ${value}`, name);
    if (!referenceTo.some((object) => org.find(object, value)))
      throw refused("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", name);
    return toId18(value);
  }
  if (value.length > length)
    throw refused("STRING_TOO_LONG", `${name}: data value too large: ${value} (max length=${length})`, name);
  if (type === "email" && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value))
    throw refused("INVALID_EMAIL_ADDRESS", `${name}: invalid email address: ${value}`, name);
  return value;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null;
}

function notSupported(method: string, name: string): SalesforceError {
  return new SalesforceError(405, "METHOD_NOT_ALLOWED", `HTTP Method '${method}' not allowed for ${name}`);
}
