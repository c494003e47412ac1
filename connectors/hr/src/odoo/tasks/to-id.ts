import { TaskError } from "@bridgekit/core";

/** Odoo's ids are positive 32-bit integers. */
function parseId(id: string): number | undefined {
  return /^[1-9]\d{0,9}$/.test(id) && Number(id) < 2 ** 31 ? Number(id) : undefined;
}

export function toUserId(id: string): number {
  const userId = parseId(id);
  if (userId === undefined)
    throw new TaskError("ACCOUNT_NOT_FOUND", `Odoo has no user with the id "${id}": ids are numbers there.`);
  return userId;
}

/** `what` names the type for the message: `access group`. */
export function toRefId(what: string, id: string): number {
  const refId = parseId(id);
  if (refId === undefined)
    throw new TaskError("INTERNAL_ERROR", `Odoo has no ${what} with the id "${id}": ids are numbers there.`);
  return refId;
}
