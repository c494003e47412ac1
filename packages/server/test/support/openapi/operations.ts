import type { Role } from "../../../src/index.ts";
import { openapiDocument } from "../../../src/http/openapi-document.ts";

/** The part of JSON Schema that values are built from; ajv, which knows all of it, validates responses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  examples?: unknown[];
  format?: string;
  minimum?: number;
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  schema: Schema;
  /** JSON pointer of the schema in the document. */
  pointer: string;
}

interface Content {
  mediaType: string;
  pointer: string;
}

/** An operation of the document with its references resolved. */
export interface Operation {
  id: string;
  method: string;
  /** As in the document, after the base URL of its organisation. */
  path: string;
  /** Roles of the keys that may call it. */
  roles: readonly Role[];
  /** Whether it is served without a key, so outside the URL of any organisation. */
  isPublic: boolean;
  parameters: readonly Parameter[];
  body: (Content & { schema: Schema; isRequired: boolean }) | undefined;
  /** The possible responses: media types by status; none if the response has no body. */
  responses: ReadonlyMap<number, readonly Content[]>;
}

const METHODS = ["get", "put", "post", "patch", "delete"];

/** All operations of the document, so that a new one is covered without being named. */
export const operations: readonly Operation[] = Object.entries(openapiDocument.paths).flatMap(([path, item]) =>
  METHODS.filter((method) => method in item).map((method) =>
    toOperation(path, method, `/paths/${escape(path)}`, item as unknown as Record<string, any>),
  ),
);

function toOperation(path: string, method: string, itemPointer: string, item: Record<string, any>): Operation {
  const operation = item[method];
  const pointer = `${itemPointer}/${method}`;
  const security = operation.security ?? openapiDocument.security;
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    roles: operation["x-roles"] ?? [],
    isPublic: security.length === 0,
    parameters: [
      ...toParameters(item["parameters"] ?? [], `${itemPointer}/parameters`),
      ...toParameters(operation.parameters ?? [], `${pointer}/parameters`),
    ],
    body: toBody(operation, pointer),
    responses: new Map(
      Object.keys(operation.responses).map((status) => [Number(status), toContents(`${pointer}/responses/${status}`)]),
    ),
  };
}

function toParameters(list: readonly unknown[], pointer: string): Parameter[] {
  return list.map((_, index) => {
    const found = follow(`${pointer}/${index}`);
    const {
      name,
      in: place,
      required = false,
      schema,
    } = found.value as Omit<Parameter, "required"> & { required?: boolean };
    return { name, in: place, required, schema, pointer: `${found.pointer}/schema` };
  });
}

function toBody(operation: Record<string, any>, pointer: string): Operation["body"] {
  if (operation["requestBody"] === undefined) return undefined;
  const body = follow(`${pointer}/requestBody`);
  const [content] = toContents(body.pointer);
  if (content === undefined) throw new Error(`The body of ${operation["operationId"]} has no content.`);
  return { ...content, schema: lookUp(content.pointer) as Schema, isRequired: (body.value as any).required === true };
}

function toContents(pointer: string): Content[] {
  const found = follow(pointer);
  return Object.keys((found.value as { content?: object }).content ?? {}).map((mediaType) => ({
    mediaType,
    pointer: `${found.pointer}/content/${escape(mediaType)}/schema`,
  }));
}

/** The schema that a reference points to, or the schema itself. */
export function resolve(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : resolve(lookUp(schema.$ref.slice(1)) as Schema);
}

function follow(pointer: string): { pointer: string; value: object } {
  const value = lookUp(pointer) as { $ref?: string };
  return value.$ref === undefined ? { pointer, value } : follow(value.$ref.slice(1));
}

function lookUp(pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<any>((value, part) => value[part], openapiDocument);
}

function escape(part: string): string {
  return part.replaceAll("~", "~0").replaceAll("/", "~1");
}
