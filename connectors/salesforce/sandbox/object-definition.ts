export interface FieldDefinition {
  name: string;
  type: string;
  /** Characters; 0 if it has none. */
  length: number;
  isNillable: boolean;
  isCreateable: boolean;
  isUpdateable: boolean;
  isDefaulted: boolean;
  /** Whether it is an external id: rows are found and upserted by it. */
  isExternalId?: boolean;
  /** The objects that a reference may point to. */
  referenceTo: readonly string[];
  /** The relationship name for fields of the referenced object: `Profile` in `Profile.Name`. */
  relationshipName: string | undefined;
}

export interface ObjectDefinition {
  name: string;
  label: string;
  keyPrefix: string;
  isCreateable: boolean;
  isUpdateable: boolean;
  isDeletable: boolean;
  fields: ReadonlyMap<string, FieldDefinition>;
}

export type Ability = "create" | "update" | "delete";

/**
 * Defines an object from lines such as `Alias string 8 required create update`: name, type, length, and what is allowed.
 * `required` is not nillable; `default` is set by Salesforce. A reference has `>Object` or `>Object|Other`, and its
 * relationship name after `as`.
 */
export function defineObject(
  name: string,
  keyPrefix: string,
  label: string,
  abilities: readonly Ability[],
  lines: readonly string[],
): ObjectDefinition {
  const fields = ["Id id 18 required default", ...lines].map(parseField);
  return {
    name,
    label,
    keyPrefix,
    isCreateable: abilities.includes("create"),
    isUpdateable: abilities.includes("update"),
    isDeletable: abilities.includes("delete"),
    fields: new Map(fields.map((field) => [field.name.toLowerCase(), field])),
  };
}

/** Adds fields that are external ids to an object. */
export function withExternalIds(definition: ObjectDefinition, names: readonly string[]): ObjectDefinition {
  const added = names.map((name) => ({ ...parseField(`${name} string 255 create update`), isExternalId: true }));
  return {
    ...definition,
    fields: new Map([...definition.fields, ...added.map((field) => [field.name.toLowerCase(), field] as const)]),
  };
}

function parseField(line: string): FieldDefinition {
  const [name, type, length, ...words] = line.split(" ") as [string, string, string, ...string[]];
  const target = words.find((word) => word.startsWith(">"));
  const as = words.indexOf("as");
  return {
    name,
    type,
    length: Number(length),
    isNillable: !words.includes("required"),
    isCreateable: words.includes("create"),
    isUpdateable: words.includes("update"),
    isDefaulted: words.includes("default"),
    referenceTo: target === undefined ? [] : target.slice(1).split("|"),
    relationshipName: target === undefined ? undefined : as >= 0 ? words[as + 1] : undefined,
  };
}
