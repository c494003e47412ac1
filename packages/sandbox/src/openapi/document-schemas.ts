import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { OpenApiDocument } from "./find-operation.ts";

const DOCUMENT_ID = "description";

/** Says what does not fit a schema: a list of sentences, empty where all is well. */
type Check = (pointer: string, value: unknown) => string[];

export interface DocumentSchemas {
  check: Check;
  /** The same for texts out of a path, a query or a header, which may stand for numbers and booleans. */
  checkText: Check;
  /** The object at a pointer, references followed; `undefined` where there is none. */
  resolve(pointer: string): { pointer: string; value: any } | undefined;
}

const known = new WeakMap<OpenApiDocument, DocumentSchemas>();

/**
 * The schemas of a description. A schema is compiled once for each document, which takes far longer than a check: stand-ins
 * that are checked against the same document share them, so it must not change.
 */
export function readDocumentSchemas(document: OpenApiDocument): DocumentSchemas {
  const schemas = known.get(document) ?? createDocumentSchemas(document);
  known.set(document, schemas);
  return schemas;
}

/** Compiles the schemas of a description as they are asked for, where they stand. */
function createDocumentSchemas(given: OpenApiDocument): DocumentSchemas {
  const document = reportsNull(given);

  function createCheck(coerceTypes: boolean | "array"): Check {
    // Descriptions say much that is no JSON Schema, and vendors' patterns and examples are not always right.
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
      // Coercing writes into what holds the value, so it gets a holder that nobody else has.
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

/** `nullable` beside a reference and no type is common in descriptions, and refused by ajv: says the same in other words. */
function reportsNull(document: OpenApiDocument): OpenApiDocument {
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
