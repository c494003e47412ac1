import type { OperationId } from "../http/operation.ts";
import { HttpError } from "../http/http-error.ts";
import { openapiDocument } from "../http/openapi-document.ts";
import type { VerifiedKey } from "./authenticate.ts";

/**
 * What a connector never needs and its key may not do: a stolen or misled connector must not be able to switch off
 * the guard, to let its own removals pass, or to order provisioning. The document marks these operations.
 */
const ADMIN_OPERATIONS = operationsWith("x-role");
/** What a key that is limited to some apps may not do, because it concerns no app that it could be limited to. */
const ALL_APPS_OPERATIONS = operationsWith("x-all-apps");

function operationsWith(mark: "x-role" | "x-all-apps"): ReadonlySet<OperationId> {
  const operations = Object.values(openapiDocument.paths).flatMap((item) => Object.values(item));
  return new Set(operations.flatMap((entry) => (mark in entry && "operationId" in entry ? [entry.operationId] : [])));
}

/** Refuses a key that may not call the operation, whatever it is about. */
export function checkOperation(key: VerifiedKey, operation: OperationId): void {
  if (key.role === "connector" && ADMIN_OPERATIONS.has(operation)) {
    throw new HttpError(403, `The API key has the role connector; ${operation} needs the role admin.`);
  }
  if (key.appIds !== null && ALL_APPS_OPERATIONS.has(operation)) {
    throw new HttpError(403, `The API key is limited to some apps; ${operation} needs one that is not.`);
  }
}
