import type { components } from "@bridgekit/client";

type Schemas = components["schemas"];

/** The place of a held task in the order of its app: no runner gets it, since it is not due yet. */
export const HELD_UNTIL = new Date("9999-12-31T00:00:00.000Z");

/** Whether a task takes something away from a person: it suspends, deletes or removes access. */
export function isRevocation({ action, payload }: Pick<Schemas["TaskCreate"], "action" | "payload">): boolean {
  if (action === "suspend_account" || action === "delete_account") return true;
  if (action !== "update_account") return false;
  return Object.values(payload.changes ?? {}).some(({ removed }) => (removed?.length ?? 0) > 0);
}
