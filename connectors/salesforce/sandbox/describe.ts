import type { FieldDefinition, ObjectDefinition } from "./object-definition.ts";

/** An object as in the list of objects. */
export function toSummary(root: string, { name, label, keyPrefix, ...abilities }: ObjectDefinition) {
  const url = `${root}/sobjects/${name}`;
  return {
    name,
    label,
    labelPlural: `${label}s`,
    keyPrefix,
    custom: false,
    queryable: true,
    retrieveable: true,
    searchable: false,
    createable: abilities.isCreateable,
    updateable: abilities.isUpdateable,
    deletable: abilities.isDeletable,
    urls: { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` },
  };
}

/** An object with its fields. */
export function toDescription(root: string, definition: ObjectDefinition) {
  return {
    ...toSummary(root, definition),
    childRelationships: [],
    recordTypeInfos: [],
    fields: [...definition.fields.values()].map(toField),
  };
}

function toField(field: FieldDefinition) {
  return {
    name: field.name,
    label: field.name,
    type: field.type,
    length: field.length,
    nillable: field.isNillable,
    createable: field.isCreateable,
    updateable: field.isUpdateable,
    defaultedOnCreate: field.isDefaulted,
    unique: false,
    filterable: true,
    sortable: true,
    custom: field.name.endsWith("__c"),
    externalId: field.isExternalId === true,
    idLookup: field.type === "id" || field.isExternalId === true,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName ?? null,
    picklistValues: [],
  };
}
