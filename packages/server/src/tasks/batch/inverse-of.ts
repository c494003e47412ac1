import type { components } from "@bridgekit/client";

type Schemas = components["schemas"];

/** What would undo a task, or why nothing does; `left` is what stays as it is all the same. */
export type Inverse =
  | { task: Pick<Schemas["TaskCreate"], "action" | "payload">; left?: string }
  | { task?: undefined; reason: string };

/** The task that undoes one that was completed. */
export function inverseOf({ action, status, payload, result }: Omit<Schemas["Task"], "resource_type">): Inverse {
  if (status !== "completed") return { reason: `The task is ${status}; only a completed one can be undone.` };
  const account = { id: payload.account.id };
  switch (action) {
    case "suspend_account":
      return { task: { action: "unsuspend_account", payload: { account } } };
    case "unsuspend_account":
      return { task: { action: "suspend_account", payload: { account } } };
    case "update_account":
      return inverseOfUpdate(payload);
    case "create_account":
      return {
        reason: `An account that was created is not deleted by undoing; suspend or delete "${result?.account?.id ?? account.id}".`,
      };
    case "delete_account":
      return { reason: "A deleted account can't be brought back; create it again." };
    case "reset_password":
      return { reason: "A password that was reset can't be restored." };
    default:
      action satisfies never;
      return { reason: "The action can't be undone." };
  }
}

function inverseOfUpdate({ account, changes = {} }: Schemas["TaskPayload"]): Inverse {
  const fields = Object.keys(account).filter((name) => name !== "id");
  const inverse = Object.entries(changes).flatMap(([slug, { added = [], removed = [] }]) =>
    added.length + removed.length === 0 ? [] : [[slug, { added: removed, removed: added }] as const],
  );
  const left = fields.length === 0 ? undefined : `${fields.join(", ")}: set them by a task of their own`;
  if (inverse.length === 0)
    return { reason: "Only memberships and assignments can be undone, and the task changed none." };
  const task = {
    action: "update_account",
    payload: { account: { id: account.id }, changes: Object.fromEntries(inverse) },
  } as const;
  return { task, ...(left !== undefined && { left }) };
}
