import type { components } from "@bridgekit/client";
import type { Role } from "../database/tables/callers.ts";
import { openapiDocument } from "./openapi-document.ts";
import type { OperationId } from "./operation.ts";

/** A parameter of an operation, with its reference resolved. */
export interface DocumentParameter {
  name: string;
  place: string;
  schema: { type?: string; default?: unknown };
  /** JSON pointer of the schema in the document. */
  pointer: string;
}

/** An operation as the document declares it. */
export interface DocumentOperation {
  id: OperationId;
  method: string;
  /** The path with its parameters in braces, below the URL of an organisation. */
  path: string;
  /** Roles that may call it; empty if the document names none. */
  roles: readonly Role[];
  parameters: readonly DocumentParameter[];
  bodySchema: keyof components["schemas"] | undefined;
  isBodyOptional: boolean;
}

// The linter of spec/ has validated the document; its literal type is too narrow to walk.
type ParameterObject = { name: string; in: string; schema: DocumentParameter["schema"] };
type Parameters = readonly ({ $ref: string } | ParameterObject)[];
type PathItem = Record<string, unknown> & { parameters?: Parameters };
interface Operation {
  operationId: OperationId;
  "x-roles"?: readonly Role[];
  parameters?: Parameters;
  requestBody?: { required?: boolean; content: { "application/json": { schema: { $ref: string } } } };
}

/** Every operation of the document. */
export const documentOperations: readonly DocumentOperation[] = Object.entries(
  openapiDocument.paths as unknown as Record<string, PathItem>,
).flatMap(([path, { parameters: shared = [], ...methods }]) => {
  const pointer = `/paths/${path.replaceAll("/", "~1").replaceAll("{", "%7B").replaceAll("}", "%7D")}`;
  return Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    roles: operation["x-roles"] ?? [],
    parameters: [
      ...toParameters(shared, `${pointer}/parameters`),
      ...toParameters(operation.parameters ?? [], `${pointer}/${method}/parameters`),
    ],
    bodySchema: toName(operation.requestBody?.content["application/json"].schema.$ref),
    isBodyOptional: operation.requestBody?.required !== true,
  }));
});

function toParameters(parameters: Parameters, pointer: string): DocumentParameter[] {
  return parameters.map((parameter, index) => {
    if (!("$ref" in parameter)) return toParameter(parameter, `${pointer}/${index}`);
    const name = parameter.$ref.split("/").at(-1) as keyof typeof openapiDocument.components.parameters;
    return toParameter(openapiDocument.components.parameters[name], `/components/parameters/${name}`);
  });
}

function toParameter({ name, in: place, schema }: ParameterObject, pointer: string): DocumentParameter {
  return { name, place, schema, pointer: `${pointer}/schema` };
}

function toName(reference: string | undefined): DocumentOperation["bodySchema"] {
  return reference?.split("/").at(-1) as DocumentOperation["bodySchema"];
}
