import type { TaskAction } from "@bridgekit/client";
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

/** The actions that the connector declares and that can be tried. */
export function listScenarios(subject: Subject): { action: TaskAction; scenario: ActionScenario<any> }[] {
  return ACTIONS.flatMap((action) => {
    const scenario = subject.options.actions[action];
    return isDeclared(subject, action) && scenario && !isNotApplicable(scenario) ? [{ action, scenario }] : [];
  });
}
