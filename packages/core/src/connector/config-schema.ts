import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";

/** As much of a JSON Schema as says where secrets are. */
interface SchemaNode {
  /** Set by `.meta({ secret: true })`; `false` overrules the name. */
  secret?: boolean;
  properties?: Record<string, SchemaNode>;
  items?: SchemaNode;
  anyOf?: SchemaNode[];
  oneOf?: SchemaNode[];
  allOf?: SchemaNode[];
}

const SECRET_NAME = /key|token|secret|password/i;

/** The strings of a config, at any depth, that its schema marks as secret or whose name says so. */
export function findSecrets(schema: StandardSchemaV1, config: unknown): string[] {
  return [...walk(config, [readSchema(schema)], "")];
}

/** The names of a config's fields, as far as its schema tells. */
export function fieldsOf(schema: StandardSchemaV1): string[] {
  return withBranches(readSchema(schema)).flatMap((node) => Object.keys(node.properties ?? {}));
}

function readSchema(schema: StandardSchemaV1): SchemaNode {
  const { jsonSchema }: Partial<StandardJSONSchemaV1.Props> = schema["~standard"];
  try {
    return jsonSchema?.input({ target: "draft-2020-12" }) ?? {};
  } catch {
    // Not every schema can be written as JSON Schema, one with a custom check for instance; names still tell.
    return {};
  }
}

function* walk(value: unknown, schemas: readonly SchemaNode[], name: string): Generator<string> {
  const nodes = schemas.flatMap(withBranches);
  if (typeof value === "string") {
    const marks = nodes.map(({ secret }) => secret).filter((secret) => secret !== undefined);
    if (marks.length > 0 ? marks.includes(true) : SECRET_NAME.test(name)) yield value;
  } else if (Array.isArray(value)) {
    const items = nodes.flatMap((node) => node.items ?? []);
    for (const item of value) yield* walk(item, items, name);
  } else if (typeof value === "object" && value !== null) {
    for (const [field, child] of Object.entries(value))
      yield* walk(
        child,
        nodes.flatMap((node) => node.properties?.[field] ?? []),
        field,
      );
  }
}

function withBranches(node: SchemaNode): SchemaNode[] {
  const branches = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])];
  return [node, ...branches.flatMap(withBranches)];
}
