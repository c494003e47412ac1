import type { FaultRule } from "@bridgekit/sandbox";
import { failed, passed } from "../check.ts";
import { isSameTruth, readEverything } from "../read-everything.ts";
import type { Check } from "../check.ts";

const RETRY_AFTER_SECONDS = 1;
// A timer may fire slightly early.
const TOLERANCE_MILLISECONDS = 50;
const MAX_CALLS_TOGETHER = 4;

/** Refuses every call for a second and counts the calls in that time. */
export function limitFor(state: { refused: number }): FaultRule {
  let until: number | undefined;
  return () => {
    const now = performance.now();
    until ??= now + RETRY_AFTER_SECONDS * 1000 - TOLERANCE_MILLISECONDS;
    if (now >= until) return undefined;
    state.refused++;
    return { kind: "response", status: 429, headers: { "retry-after": String(RETRY_AFTER_SECONDS) } };
  };
}

export const retryAfterIsWaitedFor: Check = {
  name: "a rate limit is waited for as long as Retry-After asks",
  async run(subject) {
    const good = await subject.goodRead();
    const opened = await subject.open();
    const state = { refused: 0 };
    const read = await readEverything(subject, opened, { rule: limitFor(state) });
    if (read.error) return failed(`the read failed: ${read.error.message}`);
    if (read.missing.length > 0 || !isSameTruth(read, good))
      return failed("the read brought other records than without the limit");
    // Calls that were in flight together are refused together.
    return state.refused > MAX_CALLS_TOGETHER
      ? failed(`${state.refused} calls came before the time that Retry-After asked for`)
      : passed(`waited for Retry-After, ${RETRY_AFTER_SECONDS} second`);
  },
};
