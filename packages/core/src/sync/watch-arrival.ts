import { isApiError, isUnreachableError } from "@bridgekit/client";
import { isNeverSent } from "../is-never-sent.ts";

export interface WatchedCall {
  call: () => Promise<void>;
  /** Whether the Bridge may have got one of the attempts, whatever became of the response. */
  readonly mayHaveArrived: boolean;
}

/** A call that may be repeated, and remembers whether any attempt may have had its effect. */
export function watchArrival(call: () => Promise<void>): WatchedCall {
  let mayHaveArrived = false;
  return {
    get mayHaveArrived() {
      return mayHaveArrived;
    },
    async call() {
      const before = mayHaveArrived;
      // Before it is sent: a stop may leave it in the middle.
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

/** It was never sent, or the Bridge refused it. A 5xx may come from something between, after the Bridge had it. */
function hadNoEffect(error: unknown): boolean {
  if (isApiError(error)) return error.status < 500 && error.status !== 408;
  return isUnreachableError(error) && isNeverSent(error);
}
