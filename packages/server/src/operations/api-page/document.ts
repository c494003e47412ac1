import { openapiDocument } from "../../http/openapi-document.ts";

/** A schema as the page reads it; the literal type of the document is too narrow to walk. */
export interface Schema {
  $ref?: string;
  type?: string | readonly string[];
  description?: string;
  required?: readonly string[];
  properties?: Readonly<Record<string, Schema>>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: readonly Schema[];
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  enum?: readonly unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  minProperties?: number;
  examples?: readonly unknown[];
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: Schema;
}

type Content = Readonly<Record<string, { schema?: Schema }>>;

export interface Answer {
  description: string;
  headers?: Readonly<Record<string, { description?: string; schema: Schema }>>;
  content?: Content;
}

export interface Operation {
  id: string;
  method: string;
  path: string;
  tags: readonly string[];
  /** Roles of API keys that may call it. */
  roles: readonly string[];
  summary: string;
  description: string | undefined;
  parameters: readonly Parameter[];
  body: Content | undefined;
  answers: readonly (readonly [status: string, answer: Answer])[];
}

interface RawOperation {
  operationId: string;
  "x-roles"?: readonly string[];
  tags: readonly string[];
  summary?: string;
  description?: string;
  parameters?: readonly (Parameter | { $ref: string })[];
  requestBody?: { content: Content };
  responses: Readonly<Record<string, Answer | { $ref: string }>>;
}

const { components } = openapiDocument;

export const schemas: readonly (readonly [name: string, schema: Schema])[] = Object.entries(components.schemas);

/** Every operation of the document, in its order, with its references resolved. */
export function readOperations(): Operation[] {
  return Object.entries(openapiDocument.paths).flatMap(([path, item]) => {
    const { parameters = [], ...methods } = item as { parameters?: RawOperation["parameters"] };
    return Object.entries(methods as Record<string, RawOperation>).map(([method, raw]) => ({
      id: raw.operationId,
      method: method.toUpperCase(),
      path,
      tags: raw.tags,
      roles: raw["x-roles"] ?? [],
      summary: raw.summary ?? raw.operationId,
      description: raw.description,
      parameters: [...parameters, ...(raw.parameters ?? [])].map((one) => resolve<Parameter>(one)),
      body: raw.requestBody?.content,
      answers: Object.entries(raw.responses).map(([status, answer]) => [status, resolve<Answer>(answer)] as const),
    }));
  });
}

/** Follows a reference such as `#/components/parameters/Limit`. */
function resolve<Thing>(thing: Thing | { $ref: string }): Thing {
  if (!(typeof thing === "object" && thing !== null && "$ref" in thing)) return thing;
  let found: unknown = openapiDocument;
  for (const part of thing.$ref.split("/").slice(1)) found = (found as Record<string, unknown>)[part];
  return found as Thing;
}

/** The last part of a reference: the name of what it points to. */
export function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf("/") + 1);
}
