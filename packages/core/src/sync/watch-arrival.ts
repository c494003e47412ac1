import { isApiError, isUnreachableError } from "@bridgekit/client";
import { isNeverSent } from "../is-never-sent.ts";

export interface WatchedCall {
  call: () => Promise<void>;
  /** Whether an attempt may have reached the Bridge, with or without a response. */
  readonly mayHaveArrived: boolean;
}

/** Wraps a repeatable call to remember whether an attempt may have had its effect. */
export function watchArrival(call: () => Promise<void>): WatchedCall {
  let mayHaveArrived = false;
  return {
    get mayHaveArrived() {
      return mayHaveArrived;
    },
    async call() {
      const before = mayHaveArrived;
      // Set before the call is sent: a stop may interrupt it.
      mayHaveArrived = true;
      try {
        await call();
      } catch (error) {
        if (hadNoEffect(error)) mayHaveArrived = before;
        throw error;
      }
    },
  };
}

/** The call was never sent, or the Bridge refused it. A 5xx may come from a proxy after the Bridge got the call. */
function hadNoEffect(error: unknown): boolean {
  if (isApiError(error)) return error.status < 500 && error.status !== 408;
  return isUnreachableError(error) && isNeverSent(error);
}
