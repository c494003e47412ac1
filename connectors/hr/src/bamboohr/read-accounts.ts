import type { BambooHrClient } from "./bamboohr-client.ts";
import type { Employee, EmployeeField, EmploymentRow } from "./bamboohr-models.ts";
import type { BambooHr } from "./connect.ts";
import { dayIn } from "./employment.ts";
import { isRefused, readEmployees } from "./read-employees.ts";
import { toAccount } from "./to-account.ts";

interface Context {
  client: BambooHr;
  signal: AbortSignal;
  partial: (reason: string) => void;
}

/** Everybody. Whoever is known from elsewhere, is not in the list and was not deleted is hidden from the key. */
export async function* readAccounts(context: Context) {
  const { api, employmentOf } = context.client;
  const missing = new Set([...(await employmentOf(context.signal)).keys(), ...(await readUsersEmployees(api))]);
  yield* readAccountsOf(context, { onRead: (id) => void missing.delete(id) });
  if (missing.size === 0) return;
  const deleted = await api.changedSince(BEGINNING, "deleted");
  for (const id of Object.keys(deleted.employees)) missing.delete(id);
  if (missing.size > 0)
    context.partial(
      `${api.system} does not list ${missing.size} employees who have a login or an employment status there, such as ` +
        `${[...missing][0]}; let the user of the API key see everybody`,
    );
}

const BEGINNING = "1970-01-01T00:00:00Z";

interface Selection {
  ids?: readonly string[];
  /** Called with each employee who was told, also where there is no account of it. */
  onRead?: (id: string) => void;
}

/**
 * The accounts of some employees, or of all. Whoever has a value that is hidden from the key is left as the Bridge has it:
 * an account without it would take an email or a department away.
 */
export async function* readAccountsOf({ client, signal, partial }: Context, { ids, onRead = () => {} }: Selection) {
  const { api, config, optionsOf, employmentOf } = client;
  const rowsOf = await employmentOf(signal);
  const rules = { terminatedStatus: config.terminatedStatus, today: dayIn(config.timeZone) };
  const hidden = new Set<EmployeeField>();
  let incomplete = 0;
  for await (const employee of readEmployees(api, { options: () => optionsOf(signal), ...(ids && { ids }), partial })) {
    onRead(employee.id);
    const rows = rowsOf.get(employee.id) ?? [];
    const fields = hiddenFieldsOf(employee, rows);
    if (fields.length === 0) yield toAccount(employee, rows, rules);
    else {
      incomplete++;
      for (const field of fields) hidden.add(field);
    }
  }
  if (incomplete > 0)
    partial(
      `${api.system} hides or does not explain ${[...hidden].join(", ")} of ${incomplete} employees, who are left as ` +
        `they are; let the user of the API key see these fields`,
    );
}

/** The fields that are not known, those of the table included. */
function hiddenFieldsOf({ values, hidden }: Employee, rows: readonly EmploymentRow[]): readonly EmployeeField[] {
  const isTableHidden =
    rows.some(({ employmentStatus }) => employmentStatus === undefined) ||
    (rows.length === 0 && values.employmentStatus !== null);
  return isTableHidden ? [...hidden, "employmentStatus"] : hidden;
}

/** Employees who may sign in, as far as the key may know that. */
async function readUsersEmployees(api: BambooHrClient): Promise<string[]> {
  try {
    return (await api.users()).filter(({ employeeId }) => employeeId > 0).map(({ employeeId }) => String(employeeId));
  } catch (error) {
    if (isRefused(error)) return [];
    throw error;
  }
}
