import { isApiError, type Task, type TaskFailure } from "@bridgekit/client";
import { callBridge } from "../call-bridge.ts";
import type { TaskRunOptions } from "./task-run-options.ts";

/**
 * Whether the Bridge has an account under the very id that the task names: then the task is about this one, whatever
 * another account was wished to be called. False where the Bridge does not tell, as one without records; `isExtended`
 * says that it is known to offer more than the guide, so that a proxy's page is no word of it.
 */
export async function isLiveAccount(
  { resource_type: slug, payload: { account } }: Task,
  { bridge, appId, retry, signal }: TaskRunOptions,
  isExtended: boolean,
): Promise<boolean> {
  try {
    const record = await callBridge(() => bridge.getRecord(appId, slug, account.id, { ...(signal && { signal }) }), {
      ...retry,
      signal,
    });
    // Absent where a Bridge tells of live records only.
    return (record.removed_at ?? null) === null;
  } catch (error) {
    const isRefused = isApiError(error) && [403, 404, 405].includes(error.status);
    if (isRefused && (error.isFromBridge || !isExtended)) return false;
    throw error;
  }
}

/** Why an account is not created under an id that is another one's. */
export function toAlreadyLive({ payload: { account } }: Task): TaskFailure {
  return {
    code: "ACCOUNT_ALREADY_EXISTS",
    message:
      `The account ${account.id} exists; the task wishes for its id, and later tasks for it could reach the wrong ` +
      `account. Make a new task with another id; if the account is gone from the system, sync the app first.`,
  };
}
