import { TaskError } from "@bridgekit/core";

/** Ids are positive numbers; 0 would be whoever the API key belongs to. */
export function toEmployeeId(id: string): string {
  if (!/^[1-9]\d{0,9}$/.test(id))
    throw new TaskError("ACCOUNT_NOT_FOUND", `BambooHR has no employee with the id "${id}": ids are numbers there.`);
  return id;
}
