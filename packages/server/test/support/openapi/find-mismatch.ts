import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { openapiDocument } from "../../../src/http/openapi-document.ts";

// A separate validator, so that it does not share mistakes of the server's.
const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addSchema(openapiDocument, "document");

const validators = new Map<string, ValidateFunction>();

/** Why a value does not fit the schema at a JSON pointer of the document; undefined if it does. */
export function findMismatch(pointer: string, value: unknown): string | undefined {
  let validate = validators.get(pointer);
  // A pointer within a URI has its own encoding.
  const $ref = `document#${pointer.split("/").map(encodeURIComponent).join("/")}`;
  if (validate === undefined) validators.set(pointer, (validate = ajv.compile({ $ref })));
  return validate(value) ? undefined : ajv.errorsText(validate.errors);
}
