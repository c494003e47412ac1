import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";
import { createRedactor, type Redact } from "../redact.ts";
import type { Connector } from "./connector.ts";

/** The part of a JSON Schema that shows where secrets are. */
interface SchemaNode {
  /** Set by `.meta({ secret: true })`; `false` overrides the name. */
  secret?: boolean;
  properties?: Record<string, SchemaNode>;
  additionalProperties?: SchemaNode | boolean;
  items?: SchemaNode | boolean;
  prefixItems?: SchemaNode[];
  anyOf?: SchemaNode[];
  oneOf?: SchemaNode[];
  allOf?: SchemaNode[];
  /** `#` or `#/$defs/name`. */
  $ref?: string;
  $defs?: Record<string, SchemaNode>;
}

const SECRET_NAME = /key|token|secret|password|passphrase|credential/i;

/**
 * Returns the texts and numbers of a config, at any depth, that are marked as secret in its schema or named like one. If
 * an object or a list is, everything in it counts.
 */
export function findSecrets(schema: StandardSchemaV1, config: unknown): string[] {
  const root = readSchema(schema);
  return [...walk(config, [root], { root, isSecret: false })];
}

/** Masks the secrets of a config before there is a connection, for example if connecting fails. */
export function createConfigRedactor(connector: Connector, config: unknown): Redact {
  return createRedactor(findSecrets(connector.config, config));
}

/** The names of the fields of a config, as far as its schema lists them. */
export function fieldsOf(schema: StandardSchemaV1): string[] {
  return withBranches(readSchema(schema)).flatMap((node) => Object.keys(node.properties ?? {}));
}

function readSchema(schema: StandardSchemaV1): SchemaNode {
  const { jsonSchema }: Partial<StandardJSONSchemaV1.Props> = schema["~standard"];
  try {
    return jsonSchema?.input({ target: "draft-2020-12" }) ?? {};
  } catch {
    // Some schemas have no JSON Schema, for example with a custom check. Names still count.
    return {};
  }
}

function* walk(
  value: unknown,
  schemas: readonly SchemaNode[],
  { root, isSecret: isParentSecret }: { root: SchemaNode; isSecret: boolean },
  name = "",
): Generator<string> {
  const nodes = schemas.flatMap((schema) => withBranches(schema, root));
  const marks = nodes.map(({ secret }) => secret).filter((secret) => secret !== undefined);
  const isSecret = marks.length > 0 ? marks.includes(true) : isParentSecret || SECRET_NAME.test(name);
  const inside = { root, isSecret };
  if (Array.isArray(value)) {
    const items = nodes.flatMap((node) => node.items ?? []).filter(isNode);
    for (const [index, item] of value.entries())
      yield* walk(item, [...items, ...nodes.flatMap((node) => node.prefixItems?.[index] ?? [])], inside);
  } else if (typeof value === "object" && value !== null) {
    for (const [field, child] of Object.entries(value)) {
      const known = nodes.flatMap((node) => node.properties?.[field] ?? node.additionalProperties ?? []).filter(isNode);
      yield* walk(child, known, inside, field);
    }
  } else if (isSecret && (typeof value === "string" || typeof value === "number" || typeof value === "bigint"))
    yield String(value);
}

function isNode(schema: SchemaNode | boolean): schema is SchemaNode {
  return typeof schema === "object";
}

function withBranches(node: SchemaNode, root: SchemaNode = node, followed: readonly string[] = []): SchemaNode[] {
  const branches = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])];
  const target = node.$ref === "#" ? root : root.$defs?.[node.$ref?.replace("#/$defs/", "") ?? ""];
  const isNew = node.$ref !== undefined && !followed.includes(node.$ref);
  if (target && isNew) branches.push(target);
  const path = node.$ref === undefined ? followed : [...followed, node.$ref];
  return [node, ...branches.flatMap((branch) => withBranches(branch, root, path))];
}
