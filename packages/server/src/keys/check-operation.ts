import type { OperationId } from "../http/operation.ts";
import { documentOperations } from "../http/document-operations.ts";
import { HttpError } from "../http/http-error.ts";
import { openapiDocument } from "../http/openapi-document.ts";
import type { Role } from "../database/tables/callers.ts";
import type { VerifiedKey } from "./authenticate.ts";

/** A schema with the roles that may set a field of it; the literal type of the document is too narrow to walk. */
interface MarkedSchema {
  properties?: Readonly<Record<string, { "x-roles"?: readonly Role[] }>>;
}

type Caller = Pick<VerifiedKey, "role">;

/** The roles that may call each operation; without roles nobody may. */
const ROLES: ReadonlyMap<OperationId, readonly Role[]> = new Map(
  documentOperations.map(({ id, roles }) => [id, roles] as const),
);

/** Refuses a key whose role may not call the operation. */
export function checkOperation({ role }: Caller, operation: OperationId): void {
  const allowed = ROLES.get(operation) ?? [];
  if (!allowed.includes(role)) throw refusal(role, operation, allowed);
}

/** Refuses a key whose role may call the operation but not set a field of this body. */
export function checkFields({ role }: Caller, schema: keyof typeof openapiDocument.components.schemas, body: unknown) {
  const { properties = {} } = openapiDocument.components.schemas[schema] as MarkedSchema;
  for (const [field, { "x-roles": allowed }] of Object.entries(properties))
    if (allowed !== undefined && !allowed.includes(role) && Object.hasOwn(body as object, field))
      throw refusal(role, `to set ${field}`, allowed);
}

function refusal(role: Role, what: string, allowed: readonly Role[]): HttpError {
  return new HttpError(403, `The API key has the role ${role}; ${what} needs the role ${allowed.join(" or ")}.`);
}
