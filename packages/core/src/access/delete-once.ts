import type { Connector } from "../connector/connector.ts";
import { isTaskError } from "../errors/task-error.ts";
import { isUpstreamError } from "../errors/upstream-error.ts";

type Handler = NonNullable<Connector["tasks"]["delete_account"]>;

/**
 * Makes the deletion of an account safe to repeat. A missing account is an error only if this task can't have deleted it:
 * not after an interrupted execution, and not after a delete whose response was lost, which is sent again.
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
