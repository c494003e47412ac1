import { when, type Fault } from "@bridgekit/sandbox";
import { failed, passed, type Finding } from "../check.ts";
import { choosePositions, describePositions, MAX_FAULT_POSITIONS } from "../positions.ts";
import type { ActionTrial } from "./action-check.ts";
import { describeOutcome } from "./execute-action.ts";

const FAULTS: readonly { name: string; fault: Fault }[] = [
  { name: "a broken connection before the call", fault: { kind: "reset" } },
  { name: "a broken connection after the call", fault: { kind: "reset", isAfterEffect: true } },
  { name: "an error 502 before the call", fault: { kind: "response", status: 502 } },
  { name: "an error 502 after the call", fault: { kind: "response", status: 502, isAfterEffect: true } },
];

/** Counts the calls of the undisturbed action. */
export async function countCalls({ open }: ActionTrial): Promise<number> {
  const { around, execute } = await open();
  await execute();
  return around.requestCount();
}

/**
 * Loses a response at each call, once or from there on. The task may complete or fail, but if it completes it is done, and
 * done once. Executed again as after a crash, it ends as when done twice.
 */
export async function survivesLostResponses(trial: ActionTrial): Promise<Finding> {
  const { again = "completed" } = trial.scenario;
  const calls = await countCalls(trial);
  const positions = choosePositions(calls, trial.subject.options.maxFaultPositions ?? MAX_FAULT_POSITIONS);
  const faults = FAULTS.flatMap(({ name, fault }) => [1, Infinity].map((times) => ({ name, fault, times })));
  let completed = 0;
  for (const nth of positions)
    for (const { name, fault, times } of faults) {
      const { around, execute, isDone } = await trial.open();
      const clear = around.fault(when({ nth, times }, fault));
      const startedAt = new Date();
      const outcome = await execute();
      const where = `${name} ${nth} of ${calls}${times === 1 ? "" : " and all later ones"}`;
      if (outcome.status === "completed") {
        if (!(await isDone(outcome))) return failed(`${where}: it completed, but the system does not show it`);
        completed++;
        continue;
      }
      clear();
      const rerun = await execute({ interruptedAt: startedAt });
      if (rerun.status !== "completed" && rerun.code !== again)
        return failed(`${where}: executed again as after a crash, it ${describeOutcome(rerun)}`);
      if (!(await isDone(rerun)))
        return failed(`${where}: executed again as after a crash, the system shows another result`);
    }
  const tried = positions.length * faults.length;
  return passed(
    `completes despite ${completed} of ${tried} faults and reports the others, at ${describePositions(positions, calls)}`,
  );
}
