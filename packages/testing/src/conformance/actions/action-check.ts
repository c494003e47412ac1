import { isApiError, type TaskAction, type TaskPayload } from "@bridgekit/client";
import type { Check } from "../check.ts";
import { failed, skipped, type Finding } from "../check.ts";
import { isNotApplicable, type ActionScenario } from "../options.ts";
import type { Opened, Subject } from "../subject.ts";
import { executeAction, type ActionOutcome, type Execution } from "./execute-action.ts";
import { isDeclared } from "./declared-actions.ts";

/** What the checks of one action work on. */
export interface ActionTrial {
  action: TaskAction;
  scenario: ActionScenario<any>;
  subject: Subject;
  /** Opens a fresh product with its payload. */
  open: () => Promise<OpenTrial>;
}

interface OpenTrial extends Opened<any> {
  payload: Execution["payload"];
  /** Returns the payload as a Bridge sends it; throws if the Bridge refuses it. */
  toPayload: (payload: TaskPayload) => Promise<TaskPayload>;
  execute: (changes?: Partial<Execution>) => Promise<ActionOutcome>;
  isDone: (outcome?: ActionOutcome) => Promise<boolean>;
}

/** A check of an action; skipped if the connector does not declare the action. */
export function actionCheck(action: TaskAction, what: string, run: (trial: ActionTrial) => Promise<Finding>): Check {
  return {
    name: `${action}: ${what}`,
    async run(subject) {
      if (!isDeclared(subject, action)) return skipped("not supported by the connector");
      const scenario = subject.options.actions[action];
      if (!scenario)
        return failed("the connector declares it; say in `actions` how to test it, or why it cannot be tested");
      if (isNotApplicable(scenario)) return skipped(scenario.notApplicable);
      try {
        return await run({ action, scenario, subject, open: () => openTrial(subject, action, scenario) });
      } catch (error) {
        if (!isApiError(error)) throw error;
        return failed(`the Bridge refuses a task with this payload: ${error.message}`);
      }
    },
  };
}

async function openTrial(subject: Subject, action: TaskAction, scenario: ActionScenario<any>): Promise<OpenTrial> {
  const opened = await subject.open();
  const toPayload = (payload: TaskPayload) => subject.toPayload(action, payload);
  const payload = await toPayload(await scenario.payload(opened.product));
  return {
    ...opened,
    payload,
    toPayload,
    execute: (changes = {}) => executeAction(subject, opened.connection, action, { payload, ...changes }),
    isDone: async (outcome) =>
      scenario.isDone(opened.product, payload, outcome?.status === "completed" ? outcome.result : undefined),
  };
}
