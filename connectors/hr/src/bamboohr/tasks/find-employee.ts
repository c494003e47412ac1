import { isSameIdentity, TaskError } from "@bridgekit/core";
import type { BambooHrClient } from "../bamboohr-client.ts";
import type { Employee } from "../bamboohr-models.ts";
import { readOptions } from "../options.ts";
import { readEmployees } from "../read-employees.ts";

/**
 * The employee with an address at work. BambooHR can't be asked for it, so everybody is looked at: a call for each 1,000.
 * Fails where addresses are hidden, since nobody could tell then that there is none.
 */
export async function findByWorkEmail(api: BambooHrClient, email: string): Promise<Employee | undefined> {
  let hidden = 0;
  for await (const employee of readEmployees(api, { options: () => readOptions(api) })) {
    if (isSameIdentity(employee.values.workEmail, email)) return employee;
    if (employee.hidden.includes("workEmail")) hidden++;
  }
  if (hidden > 0)
    throw new TaskError(
      "PERMISSION_DENIED",
      `${api.system} hides the work email of ${hidden} employees from the API key, so it can't be told whether ` +
        `${email} is one of them; let the user of the key see that field.`,
    );
  return undefined;
}
