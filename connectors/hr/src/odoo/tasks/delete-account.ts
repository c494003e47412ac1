import { isUpstreamError, TaskError } from "@bridgekit/core";
import type { OdooClient } from "../odoo-client.ts";

interface Client {
  odoo: OdooClient;
  config: { whenDeleteIsRefused: "fail" | "archive" };
}

/** Deletes the user. A user that Odoo protects, or that its records need, can only be archived. */
export async function deleteAccount(
  { odoo, config }: Client,
  userId: number,
  interruptedAt: Date | undefined,
): Promise<void> {
  try {
    await odoo.deleteUser(userId);
  } catch (error) {
    if (!isUpstreamError(error)) throw error;
    // An execution that was cut off has deleted it.
    if (error.code === "ACCOUNT_NOT_FOUND" && interruptedAt) return;
    if (error.effect === "unknown" && (await isGone(odoo, userId))) return;
    if (error.status !== 422) throw error;
    if (config.whenDeleteIsRefused === "archive") {
      await odoo.updateUser(userId, { active: false });
      return;
    }
    throw new TaskError(
      "INTERNAL_ERROR",
      `${error.message}. Suspend the account instead, or set whenDeleteIsRefused to "archive".`,
      { cause: error },
    );
  }
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
