import type { TaskAction } from "@bridgekit/client";

const LABELS: Record<TaskAction, string> = {
  create_account: "Create account",
  update_account: "Change account",
  delete_account: "Delete account",
  suspend_account: "Suspend account",
  unsuspend_account: "Unsuspend account",
  reset_password: "Reset password",
};

export const ACTIONS = Object.keys(LABELS) as TaskAction[];

export function actionLabel(action: TaskAction): string {
  return LABELS[action];
}
