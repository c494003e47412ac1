import { isUpstreamError, TaskError } from "@bridgekit/core";
import type { BambooHr } from "../connect.ts";
import { dayIn, toStatus } from "../employment.ts";
import { toEmployeeId } from "./to-employee-id.ts";

/** Terminates the employee as of today, by a row of the table of employment statuses: BambooHR deletes nobody. */
export async function deleteAccount(client: BambooHr, accountId: string): Promise<void> {
  const id = toEmployeeId(accountId);
  if ((await readStatus(client, id)) === "inactive") return;
  const { api, config } = client;
  try {
    await api.addEmploymentRow(id, { date: dayIn(config.timeZone), employmentStatus: config.terminatedStatus });
  } catch (error) {
    if (!isUpstreamError(error)) throw error;
    if (error.effect === "unknown" && (await readStatus(client, id)) === "inactive") return;
    if (error.status !== 406 && error.status !== 409) throw error;
    const message = `${error.message}. Is "${config.terminatedStatus}" an employment status there? If not, set terminatedStatus.`;
    throw new TaskError("INTERNAL_ERROR", message, { cause: error });
  }
}

/** Whether the employee has left, by the employee and by the table. */
export async function readStatus({ api, config }: BambooHr, id: string): Promise<"active" | "inactive"> {
  const { status } = await api.getEmployee(id, ["status"]);
  const rows = await api.employmentRows(id);
  if (status === undefined || rows.some(({ employmentStatus }) => employmentStatus === undefined))
    throw new TaskError(
      "PERMISSION_DENIED",
      `${api.system} does not show the status of employee ${id} to the API key.`,
    );
  const { terminatedStatus, timeZone } = config;
  return toStatus(status, rows, { terminatedStatus, today: dayIn(timeZone) });
}
