import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { components } from "@bridgekit/client";
import { openapiDocument } from "./openapi-document.ts";
import { HttpError } from "./http-error.ts";
import { explain } from "./explain.ts";

type Schemas = components["schemas"];

const DOCUMENT_ID = "bridge";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DATE_TIME =
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$/i;

// `verbose` adds the value to an error; `strict` would refuse the document around the schemas.
const ajv = new Ajv2020({ strict: false, verbose: true, useDefaults: true });
// The formats of ajv-formats allow what the database does not: `urn:uuid:`, leap seconds, the year 0.
ajv.addFormat("uuid", UUID);
ajv.addFormat("date-time", { type: "string", validate: isDateTime });
ajv.addSchema(openapiDocument, DOCUMENT_ID);

/** Whether a text is a `date-time` that the database accepts too. */
export function isDateTime(text: string): boolean {
  if (!DATE_TIME.test(text)) return false;
  // JavaScript reads 30 February as 2 March.
  const day = text.slice(0, 10);
  const midnight = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(day)) return false;
  // The offset may move a date out of the range of the database and of responses.
  const year = new Date(text).getUTCFullYear();
  return year >= 1 && year <= 9999;
}

/** Compiles the schema at a JSON pointer of the document. */
export function compile(pointer: string): ValidateFunction {
  return ajv.compile({ $ref: `${DOCUMENT_ID}#${pointer}` });
}

const named = new Map<string, ValidateFunction>();

/** Returns a value that fits the named schema; otherwise throws 400 and names what does not fit. */
export function check<Name extends keyof Schemas>(name: Name, value: unknown): Schemas[Name] {
  let validate = named.get(name);
  if (validate === undefined) named.set(name, (validate = compile(`/components/schemas/${name}`)));
  if (!validate(value)) throw new HttpError(400, explain(validate.errors ?? []));
  return value as Schemas[Name];
}
