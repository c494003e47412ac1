import type { Logger } from "@bridgekit/core";
import type { BambooHrClient } from "./bamboohr-client.ts";
import type { Employee, EmployeeField, EmploymentRow } from "./bamboohr-models.ts";
import type { BambooHr } from "./connect.ts";
import { dayIn } from "./employment.ts";
import { isRefused, readEmployees } from "./read-employees.ts";
import { NAME_FIELDS, toAccount } from "./to-account.ts";

interface Context {
  client: BambooHr;
  logger: Logger;
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
 * The accounts of some employees, or of all. What is hidden from the key is not taken for none: somebody's department,
 * division or location stays as the Bridge has it, names are left out, and whoever has a hidden email or status, without
 * which there is no account, is left as the Bridge has it.
 */
export async function* readAccountsOf(
  { client, logger, signal, partial }: Context,
  { ids, onRead = () => {} }: Selection,
) {
  const { api, config, optionsOf, employmentOf } = client;
  const rowsOf = await employmentOf(signal);
  const rules = { terminatedStatus: config.terminatedStatus, today: dayIn(config.timeZone) };
  const left = new Tally();
  const odd = new Tally();
  const nameless = new Tally();
  for await (const employee of readEmployees(api, { options: () => optionsOf(signal), ...(ids && { ids }), partial })) {
    onRead(employee.id);
    const rows = rowsOf.get(employee.id) ?? [];
    odd.add(employee.doubts);
    const needed = hiddenNeeds(employee, rows);
    left.add(needed);
    if (needed.length > 0) continue;
    nameless.add(employee.hidden.filter((field) => NAME_FIELDS.has(field)));
    yield toAccount(employee, rows, rules);
  }
  if (nameless.count > 0)
    logger.warn(
      { employees: nameless.count },
      `${api.system} hides ${nameless.fields} of ${nameless.count} employees, who are pushed without them`,
    );
  if (left.count > 0)
    partial(
      `${api.system} hides or does not explain ${left.fields} of ${left.count} employees, who are left as they are; let ` +
        `the user of the API key see these fields`,
    );
  if (odd.count > 0)
    partial(`${api.system} has values that are neither texts nor numbers in ${odd.fields} of ${odd.count} employees`);
}

/** Fields, and of how many employees. */
class Tally {
  count = 0;
  readonly #fields = new Set<EmployeeField>();

  add(fields: readonly EmployeeField[]): void {
    if (fields.length > 0) this.count++;
    for (const field of fields) this.#fields.add(field);
  }

  get fields(): string {
    return [...this.#fields].join(", ");
  }
}

/** What an account can't do without and the key does not see, the table of employment statuses included. */
function hiddenNeeds({ values, hidden }: Employee, rows: readonly EmploymentRow[]): readonly EmployeeField[] {
  const needed = hidden.filter((field) => field === "workEmail" || field === "status");
  // Whoever is inactive by the employee is, whatever the table says.
  if (values.status === "Inactive") return needed;
  const isTableHidden =
    hidden.includes("employmentStatus") ||
    rows.some(({ employmentStatus }) => employmentStatus === undefined) ||
    (rows.length === 0 && values.employmentStatus !== null);
  return isTableHidden ? [...needed, "employmentStatus"] : needed;
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
