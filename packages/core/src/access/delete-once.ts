import type { Connector } from "../connector/connector.ts";
import { isTaskError } from "../errors/task-error.ts";
import { isUpstreamError } from "../errors/upstream-error.ts";

type Handler = NonNullable<Connector["tasks"]["delete_account"]>;

/**
 * Deletes an account so that it may be repeated. That it is gone is an error only where nobody can have deleted it for this
 * task: not after an execution that was cut off, and not where the response to a delete was lost, which is then sent again.
 */
export function deleteOnce(deleteAccount: Handler): Handler {
  return async (context, payload) => {
    const begun = context.interruptedAt ?? new Date();
    try {
      return await deleteAccount(context, payload);
    } catch (error) {
      if (isGone(error) && context.interruptedAt) return undefined;
      if (!isUpstreamError(error) || error.effect !== "unknown") throw error;
    }
    try {
      return await deleteAccount({ ...context, interruptedAt: begun }, payload);
    } catch (error) {
      if (!isGone(error)) throw error;
      return undefined;
    }
  };
}

function isGone(error: unknown): boolean {
  return (isTaskError(error) || isUpstreamError(error)) && error.code === "ACCOUNT_NOT_FOUND";
}
