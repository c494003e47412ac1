import { isUpstreamError, TaskError, toOptionalText, type PayloadOf, type Ref } from "@bridgekit/core";
import type { BambooHrClient } from "../bamboohr-client.ts";
import type { Employee, EmployeeValues } from "../bamboohr-models.ts";
import { readOptions } from "../options.ts";
import { toMoment } from "../to-moment.ts";
import { findByWorkEmail } from "./find-employee.ts";
import { readChanges, toOptionName, toSingleId } from "./group-values.ts";

// BambooHR's clock and ours may differ by this much.
const CLOCK_TOLERANCE_MILLISECONDS = 5 * 60_000;

/** Adds an employee with everything at once, after a search by work email. */
export async function createAccount(
  api: BambooHrClient,
  { account, memberships = {} }: PayloadOf<any>,
  interruptedAt: Date | undefined,
) {
  const [email, firstName, lastName] = [
    toOptionalText(account.email, "the task's email"),
    toOptionalText(account.first_name, "the task's first_name"),
    toOptionalText(account.last_name, "the task's last_name"),
  ];
  if (!email)
    throw new TaskError("INTERNAL_ERROR", "BambooHR's employees are told apart by email, and the task names none.");
  if (!firstName || !lastName)
    throw new TaskError("INTERNAL_ERROR", "BambooHR needs a first and a last name, and the task does not tell both.");
  const groups = readChanges(memberships as Record<string, Ref[] | undefined>);
  const values: EmployeeValues = { firstName, lastName, workEmail: email };
  if (groups.length > 0) {
    const options = await readOptions(api);
    for (const [slug, refs] of groups) {
      const id = toSingleId(slug, null, { added: refs });
      if (id) values[slug] = toOptionName(options, slug, id);
    }
  }

  const existing = await findByWorkEmail(api, email);
  if (existing && !(interruptedAt && (await wasAddedSince(api, existing.id, interruptedAt))))
    throw alreadyExists(api, email, existing);
  const id = existing?.id ?? (await createEmployee(api, email, values));
  return { account: { id } };
}

async function createEmployee(api: BambooHrClient, email: string, values: EmployeeValues): Promise<string> {
  try {
    const id = await api.createEmployee(values);
    if (id !== undefined) return id;
  } catch (error) {
    if (!isUpstreamError(error) || (error.status !== 409 && error.effect !== "unknown")) throw error;
    // An invalid value and an address that is taken are refused alike. Of an answer that was lost, the address was free
    // a moment ago, so whoever has it now was added by this.
    const found = await findByWorkEmail(api, email);
    if (!found) throw error;
    if (error.status === 409) throw alreadyExists(api, email, found, error);
    return found.id;
  }
  const added = await findByWorkEmail(api, email);
  if (!added)
    throw new TaskError(
      "INTERNAL_ERROR",
      `${api.system} accepted the employee ${email}, but does not show one with it.`,
    );
  return added.id;
}

/** Whether an execution that was cut off may have added this employee. */
async function wasAddedSince(api: BambooHrClient, id: string, begin: Date): Promise<boolean> {
  const since = toMoment(begin.getTime() - CLOCK_TOLERANCE_MILLISECONDS);
  return id in (await api.changedSince(since, "inserted")).employees;
}

function alreadyExists(api: BambooHrClient, email: string, { id, values }: Employee, cause?: Error): TaskError {
  const state = values.status === "Inactive" ? ", inactive" : "";
  const message = `${api.system} has an employee with the work email ${email} already: ${id}${state}.`;
  return new TaskError("ACCOUNT_ALREADY_EXISTS", message, { cause });
}
