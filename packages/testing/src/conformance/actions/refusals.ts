import { FORBIDDEN } from "../checks/upstream-faults.ts";
import { limitFor } from "../checks/rate-limit.ts";
import { failed, passed, type Finding } from "../check.ts";
import { choosePositions, describePositions, MAX_FAULT_POSITIONS } from "../positions.ts";
import { when, type Fault } from "@bridgekit/sandbox";
import type { ActionTrial } from "./action-check.ts";
import { countCalls } from "./lost-responses.ts";
import { describeOutcome } from "./execute-action.ts";

const RATE_LIMITED: Fault = { kind: "response", status: 429, headers: { "retry-after": "0" } };

/** Refused from each call on, an action must fail with the code that says why. */
async function failsWith(trial: ActionTrial, fault: Fault, code: string): Promise<Finding> {
  const calls = await countCalls(trial);
  const positions = choosePositions(calls, trial.subject.options.maxFaultPositions ?? MAX_FAULT_POSITIONS);
  for (const position of positions) {
    const { around, execute } = await trial.open();
    around.fault(when({ nth: position }, fault));
    const outcome = await execute();
    if (outcome.status === "completed" || outcome.code !== code)
      return failed(`refused from call ${position} of ${calls} on, it ${describeOutcome(outcome)}, not ${code}`);
  }
  return passed(`${code}, at ${describePositions(positions, calls)}`);
}

export const isForbidden = (trial: ActionTrial) =>
  failsWith(trial, trial.subject.options.forbidden ?? FORBIDDEN, "PERMISSION_DENIED");

export async function isRateLimited(trial: ActionTrial): Promise<Finding> {
  const { around, execute, isDone } = await trial.open();
  const state = { refused: 0 };
  around.fault(limitFor(state));
  const outcome = await execute();
  if (outcome.status !== "completed")
    return failed(`it did not wait for a limit of one second: it ${describeOutcome(outcome)}`);
  if (!(await isDone(outcome))) return failed("after a rate limit it completed, but the system does not show it");
  const finding = await failsWith(trial, RATE_LIMITED, "RATE_LIMITED");
  return finding.status === "passed" ? passed(`waits; then ${finding.detail}`) : finding;
}
