import type { FaultRule } from "@bridgekit/sandbox";
import { failed, passed } from "../check.ts";
import { isSameTruth, readEverything } from "../read-everything.ts";
import type { Check } from "../check.ts";

const RETRY_AFTER_SECONDS = 1;
// A timer may fire a little before its time.
const TOLERANCE_MILLISECONDS = 50;
const MAX_CALLS_TOGETHER = 4;

/** Turns every call away for a second, and counts the calls that come in that time. */
export function limitFor(state: { turnedAway: number }): FaultRule {
  let until: number | undefined;
  return () => {
    const now = performance.now();
    until ??= now + RETRY_AFTER_SECONDS * 1000 - TOLERANCE_MILLISECONDS;
    if (now >= until) return undefined;
    state.turnedAway++;
    return { kind: "answer", status: 429, headers: { "retry-after": String(RETRY_AFTER_SECONDS) } };
  };
}

export const retryAfterIsWaitedFor: Check = {
  name: "a rate limit is waited for as long as it asks",
  async run(subject) {
    const good = await subject.goodRead();
    const opened = await subject.open();
    const state = { turnedAway: 0 };
    const read = await readEverything(subject, opened, { rule: limitFor(state) });
    if (read.error) return failed(`the read gave up: ${read.error.message}`);
    if (read.missing.length > 0 || !isSameTruth(read, good))
      return failed("the read told something else than without it");
    // Calls that were under way together are turned away together.
    return state.turnedAway > MAX_CALLS_TOGETHER
      ? failed(`${state.turnedAway} calls came before the time that Retry-After asked for`)
      : passed(`waited for Retry-After, ${RETRY_AFTER_SECONDS} second`);
  },
};
