import type { Check } from "../checks/check.ts";
import { failed, passed, skipped } from "../finding.ts";
import { ACTIONS, isDeclared } from "./scenarios.ts";

export const undeclaredActionsAreRefused: Check = {
  name: "actions that are not declared are refused, and nothing is called",
  async run(subject) {
    const unknown = Object.keys(subject.connector.tasks).filter((action) => !ACTIONS.some((known) => known === action));
    if (unknown.length > 0) return failed(`no protocol has the action ${unknown.join(", ")}`);
    const undeclared = ACTIONS.filter((action) => !isDeclared(subject, action));
    if (undeclared.length === 0) return skipped("all six actions are declared");
    const bridge = await subject.bridge();
    for (const action of undeclared) {
      const { around, connection } = await subject.open();
      const payload = { account: { id: "1", username: "nobody" } };
      const { status, error } = await bridge.runTask(connection, action, payload);
      if (status !== "failed" || !error?.message.includes(action))
        return failed(`${action} was not refused by its name`);
      if (around.requestCount() > 0) return failed(`${action} called the system`);
    }
    return passed(undeclared.join(", "));
  },
};
