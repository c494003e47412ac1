import type { FieldDefinition, ObjectDefinition } from "../object-definition.ts";
import { NotOffered } from "@bridgekit/sandbox";
import { isCustom, refused, SalesforceError } from "../salesforce-error.ts";
import type { SalesforceOrg } from "../salesforce-org.ts";
import type { Row } from "../state.ts";

/** The target of a path such as `Profile.Name`. */
export interface ResolvedPath {
  field: FieldDefinition;
  /** The references along the path, outermost first. */
  through: readonly FieldDefinition[];
  read: (row: Row) => unknown;
}

/** Resolves a path from an object. Throws INVALID_FIELD if it does not exist. */
export function resolvePath(org: SalesforceOrg, definition: ObjectDefinition, path: string): ResolvedPath {
  const [step, ...rest] = withoutObject(definition, path).split(".") as [string, ...string[]];
  if (rest.length === 0) {
    const field = definition.fields.get(step.toLowerCase());
    if (!field && !isCustom(step)) throw new NotOffered(`The field ${step} of ${definition.name}`);
    if (!field)
      throw new SalesforceError(
        400,
        "INVALID_FIELD",
        `No such column '${step}' on entity '${definition.name}'. If you are attempting to use a custom field, be sure to ` +
          "append the '__c' after the custom field name. Please reference your WSDL or the describe call for the " +
          "appropriate names.",
      );
    return { field, through: [], read: (row) => row[field.name] ?? null };
  }
  const reference = [...definition.fields.values()].find(
    ({ relationshipName }) => relationshipName?.toLowerCase() === step.toLowerCase(),
  );
  if (!reference && !isCustom(step)) throw new NotOffered(`The relationship ${step} of ${definition.name}`);
  if (!reference)
    throw refused(
      "INVALID_FIELD",
      `Didn't understand relationship '${step}' in field path. (${definition.name}.${path})`,
    );
  const inner = resolvePath(org, org.definition(reference.referenceTo[0]!), rest.join("."));
  return {
    field: inner.field,
    through: [reference, ...inner.through],
    read(row) {
      const target = follow(org, reference, row);
      return target ? inner.read(target) : null;
    },
  };
}

/** Returns the row that a reference points to. */
export function follow(org: SalesforceOrg, reference: FieldDefinition, row: Row): Row | undefined {
  for (const name of reference.referenceTo) {
    const target = org.find(name, row[reference.name]);
    if (target) return target;
  }
  return undefined;
}

function withoutObject({ name }: ObjectDefinition, path: string): string {
  const start = `${name.toLowerCase()}.`;
  return path.toLowerCase().startsWith(start) ? path.slice(start.length) : path;
}
