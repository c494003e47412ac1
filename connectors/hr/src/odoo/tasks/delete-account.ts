import { isUpstreamError, TaskError, type UpstreamError } from "@bridgekit/core";
import type { OdooClient } from "../odoo-client.ts";

interface Client {
  odoo: OdooClient;
  config: { whenDeleteIsRefused: "fail" | "archive" };
}

/**
 * Deletes the user. Odoo refuses that while an employee points to the user, so the user is taken out of the employee, which
 * stays. A user that Odoo protects, or that other records need, can only be archived; its employees are then as before.
 */
export async function deleteAccount(
  { odoo, config }: Client,
  userId: number,
  interruptedAt: Date | undefined,
): Promise<void> {
  let refusal = await tryDelete(odoo, userId, interruptedAt);
  if (refusal && isHeldByEmployee(refusal)) refusal = await deleteDetached(odoo, userId, interruptedAt);
  if (!refusal) return;
  if (config.whenDeleteIsRefused === "archive") {
    await odoo.updateUser(userId, { active: false });
    return;
  }
  const hidden = isHeldByEmployee(refusal) ? ". The employee is in a company that the API key's user does not see" : "";
  throw new TaskError(
    "INTERNAL_ERROR",
    `${refusal.message}${hidden}. Suspend the account instead, or set whenDeleteIsRefused to "archive".`,
    { cause: refusal },
  );
}

/** Returns Odoo's refusal, if it refused. */
async function tryDelete(
  odoo: OdooClient,
  userId: number,
  interruptedAt: Date | undefined,
): Promise<UpstreamError | undefined> {
  try {
    await odoo.deleteUser(userId);
  } catch (error) {
    if (!isUpstreamError(error)) throw error;
    // An execution that was cut off has deleted it.
    if (error.code === "ACCOUNT_NOT_FOUND" && interruptedAt) return undefined;
    if (error.effect === "unknown" && (await isGone(odoo, userId))) return undefined;
    if (error.status !== 422) throw error;
    return error;
  }
  return undefined;
}

async function deleteDetached(odoo: OdooClient, userId: number, interruptedAt: Date | undefined) {
  const employees = await odoo.employeesOf(userId);
  const point = async (to: number | false) => {
    for (const { id } of employees) await odoo.updateEmployee(id, { user_id: to });
  };
  await point(false);
  try {
    const refusal = await tryDelete(odoo, userId, interruptedAt);
    if (refusal) await point(userId);
    return refusal;
  } catch (error) {
    if (isUpstreamError(error) && error.effect === "none" && error.code !== "ACCOUNT_NOT_FOUND") await point(userId);
    throw error;
  }
}

/** The text is translated; the name of the model is not. */
function isHeldByEmployee({ message }: UpstreamError): boolean {
  return message.includes("(hr.employee)");
}

async function isGone(odoo: OdooClient, userId: number): Promise<boolean> {
  try {
    await odoo.getUser(userId);
    return false;
  } catch (error) {
    if (isUpstreamError(error) && error.code === "ACCOUNT_NOT_FOUND") return true;
    throw error;
  }
}
