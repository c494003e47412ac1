import type { OperationId } from "../http/operation.ts";
import { HttpError } from "../http/http-error.ts";
import type { VerifiedKey } from "./authenticate.ts";

/**
 * What a connector never needs and its key may not do: a stolen or misled connector must not be able to switch off
 * the guard, to let its own removals pass, or to order provisioning.
 */
const ADMIN_OPERATIONS: ReadonlySet<OperationId> = new Set([
  "updateApp",
  "confirmSync",
  "discardSync",
  "createTask",
  "cancelTask",
]);

/** Refuses a connector's key where an administrator's is needed. */
export function checkRole(key: VerifiedKey, operation: OperationId): void {
  if (key.role === "connector" && ADMIN_OPERATIONS.has(operation)) {
    throw new HttpError(403, `The API key has the role connector; ${operation} needs the role admin.`);
  }
}
