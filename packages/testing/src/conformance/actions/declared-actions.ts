import type { TaskAction } from "@bridgekit/client";
import { failed, passed, skipped, type Check } from "../check.ts";
import { isNotApplicable, type ActionScenario } from "../options.ts";
import type { Subject } from "../subject.ts";

/** All actions of the protocol. */
export const ACTIONS = [
  "create_account",
  "update_account",
  "suspend_account",
  "unsuspend_account",
  "delete_account",
  "reset_password",
] as const satisfies readonly TaskAction[];

export function isDeclared({ connector }: Subject, action: TaskAction): boolean {
  return Object.hasOwn(connector.tasks, action);
}

/** Returns the declared actions that have a scenario. */
export function listScenarios(subject: Subject): { action: TaskAction; scenario: ActionScenario<any> }[] {
  return ACTIONS.flatMap((action) => {
    const scenario = subject.options.actions[action];
    return isDeclared(subject, action) && scenario && !isNotApplicable(scenario) ? [{ action, scenario }] : [];
  });
}

export const undeclaredActionsAreRefused: Check = {
  name: "undeclared actions are refused without a call",
  async run(subject) {
    const unknown = Object.keys(subject.connector.tasks).filter((action) => !ACTIONS.some((known) => known === action));
    if (unknown.length > 0) return failed(`the protocol has no action ${unknown.join(", ")}`);
    const undeclared = ACTIONS.filter((action) => !isDeclared(subject, action));
    if (undeclared.length === 0) return skipped("all six actions are declared");
    const bridge = await subject.bridge();
    for (const action of undeclared) {
      const { around, connection } = await subject.open();
      const payload = { account: { id: "1", username: "nobody" } };
      const { status, error } = await bridge.runTask(connection, action, payload);
      if (status !== "failed" || !error?.message.includes(action)) return failed(`${action} was not refused by name`);
      if (around.requestCount() > 0) return failed(`${action} called the system`);
    }
    return passed(undeclared.join(", "));
  },
};
