import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { OpenApiDocument } from "./find-operation.ts";

const DOCUMENT_ID = "description";

/** Returns what does not match a schema, as sentences; empty if all is well. */
type Check = (pointer: string, value: unknown) => string[];

export interface DocumentSchemas {
  check: Check;
  /** The same for texts of a path or query, which may be numbers or booleans. */
  checkText: Check;
  /** Returns the object at a pointer, following references; undefined if there is none. */
  resolve(pointer: string): { pointer: string; value: any } | undefined;
}

const known = new WeakMap<OpenApiDocument, DocumentSchemas>();

/**
 * Returns the schemas of a description. Compiling takes far longer than checking, so stand-ins with the same document share
 * the compiled schemas; the document must not change.
 */
export function readDocumentSchemas(document: OpenApiDocument): DocumentSchemas {
  const schemas = known.get(document) ?? createDocumentSchemas(document);
  known.set(document, schemas);
  return schemas;
}

/** Compiles schemas on first use, at their place in the document. */
function createDocumentSchemas(given: OpenApiDocument): DocumentSchemas {
  const document = withNullTypes(given);

  function createCheck(coerceTypes: boolean | "array"): Check {
    // Descriptions contain more than JSON Schema, and vendors' patterns and examples may be wrong.
    const ajv = new Ajv2020({ strict: false, validateSchema: false, coerceTypes, verbose: true, logger: false });
    addFormats.default(ajv);
    ajv.addSchema(document, DOCUMENT_ID);
    const compiled = new Map<string, ValidateFunction>();
    function compile(pointer: string): ValidateFunction {
      const ref = `${DOCUMENT_ID}#${pointer}`;
      const validate = ajv.getSchema(ref) ?? ajv.compile({ $ref: ref });
      compiled.set(pointer, validate);
      return validate;
    }
    return (pointer, value) => {
      const validate = compiled.get(pointer) ?? compile(pointer);
      return validate(value) ? [] : (validate.errors ?? []).map(describe);
    };
  }

  function resolve(pointer: string): { pointer: string; value: any } | undefined {
    const value = pointer
      .split("/")
      .slice(1)
      .reduce<any>((at, key) => at?.[unescapePointer(key)], document);
    if (value === undefined) return undefined;
    const ref: unknown = value?.$ref;
    return typeof ref === "string" && ref.startsWith("#/") ? resolve(ref.slice(1)) : { pointer, value };
  }

  const resolved = new Map<string, ReturnType<DocumentSchemas["resolve"]>>();
  return {
    check: createCheck(false),
    checkText: createCheck("array"),
    resolve(pointer) {
      if (!resolved.has(pointer)) resolved.set(pointer, resolve(pointer));
      return resolved.get(pointer);
    },
  };
}

/** Rewrites `nullable` without a type, which is common in descriptions and which ajv refuses. */
function withNullTypes(document: OpenApiDocument): OpenApiDocument {
  return JSON.parse(JSON.stringify(document), (_, node) => {
    if (node?.nullable !== true || "type" in node) return node;
    const { nullable: _nullable, ...schema } = node;
    return { anyOf: [schema, { type: "null" }] };
  });
}

function unescapePointer(key: string): string {
  return decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~");
}

function describe({ instancePath, message, params, data }: ErrorObject): string {
  const where = instancePath === "" ? "the whole" : instancePath;
  const extra = "additionalProperty" in params ? `: "${String(params["additionalProperty"])}"` : "";
  const got = typeof data === "object" ? "" : `, got ${JSON.stringify(data)}`;
  return `${where} ${message ?? "is wrong"}${extra}${got}`;
}
