import { undefinedOn } from "@bridgekit/core";
import { GROUP_SLUGS, type Employee, type EmployeeField, type EmploymentRow } from "./bamboohr-models.ts";
import { readEmployees } from "./employees.ts";
import { dayIn, toStatus } from "./employment.ts";
import type { Run } from "./options.ts";

/** Optional fields of an account. */
const NAME_FIELDS: ReadonlySet<EmployeeField> = new Set(["firstName", "lastName", "preferredName"]);

/** Reads all accounts. Employees known from elsewhere who are neither listed nor deleted are hidden from the key. */
export async function* readAccounts(run: Run) {
  const { api } = run.client;
  // Only if the key may read users.
  const users = (await undefinedOn(api.userEmployeeIds(), "PERMISSION_DENIED")) ?? [];
  const missing = new Set([...(await run.employment()).keys(), ...users]);
  yield* readAccountsOf(run, { onRead: (id) => void missing.delete(id) });
  if (missing.size === 0) return;
  const deleted = await api.changedSince(0, "deleted");
  for (const id of Object.keys(deleted.employees)) missing.delete(id);
  const [first] = missing;
  const what = `${api.system} does not list ${missing.size} employees who have a login or an employment status there`;
  if (first !== undefined) run.partial(`${what}, such as ${first}; let the user of the API key see everybody`);
}

interface Selection {
  ids?: readonly string[];
  /** Called with each employee read, even without an account. */
  onRead?: (id: string) => void;
}

/**
 * Reads the accounts of some or all employees. A hidden value does not count as empty: a hidden department, division or
 * location stays as the Bridge has it, hidden names are omitted, and an employee with a hidden email or status, which an
 * account needs, stays as the Bridge has it.
 */
export async function* readAccountsOf(run: Run, { ids, onRead = () => {} }: Selection) {
  const { client, logger, partial, options } = run;
  const { api, config } = client;
  const rowsOf = await run.employment();
  const rules = { terminatedStatus: config.terminatedStatus, today: dayIn(config.timeZone) };
  const [left, odd, nameless] = [new Tally(), new Tally(), new Tally()];
  for await (const employee of readEmployees(api, { options, ids, partial })) {
    onRead(employee.id);
    const rows = rowsOf.get(employee.id) ?? [];
    const needed = hiddenNeeds(employee, rows);
    odd.add(employee.doubts);
    left.add(needed);
    if (needed.length > 0) continue;
    nameless.add(employee.hidden.filter((field) => NAME_FIELDS.has(field)));
    yield toAccount(employee, toStatus(employee.values.status, rows, rules));
  }
  const { system } = api;
  const namesMissing = `${system} hides ${nameless.fields} of ${nameless.count} employees; they are pushed without these`;
  if (nameless.count > 0) logger.warn({ employees: nameless.count }, namesMissing);
  const hidden = `${system} hides or does not explain ${left.fields} of ${left.count} employees, who stay as they are`;
  if (left.count > 0) partial(`${hidden}; let the user of the API key see these fields`);
  const unreadable = `${system} has values that are neither texts nor numbers in ${odd.fields} of ${odd.count} employees`;
  if (odd.count > 0) partial(unreadable);
}

/** Fields, and the number of employees. */
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

/** Returns hidden fields that an account needs, including the table of employment statuses. */
function hiddenNeeds({ values, hidden }: Employee, rows: readonly EmploymentRow[]): readonly EmployeeField[] {
  const needed = hidden.filter((field) => field === "workEmail" || field === "status");
  // An inactive employee is inactive, whatever the table contains.
  if (values.status === "Inactive") return needed;
  const isRowHidden = rows.some(({ employmentStatus }) => employmentStatus === undefined);
  const isTableHidden = isRowHidden || (rows.length === 0 && values.employmentStatus !== null);
  if (hidden.includes("employmentStatus")) return [...needed, "employmentStatus"];
  return isTableHidden ? [...needed, "employmentStatus"] : needed;
}

/**
 * Converts an employee. Without a work email the id is the username. Hidden fields are omitted, and hidden groups stay as the
 * Bridge has them.
 */
function toAccount({ id, values, hidden }: Employee, status: "active" | "inactive") {
  const { firstName, lastName, preferredName, workEmail } = values;
  const isNameKnown = !hidden.some((field) => NAME_FIELDS.has(field));
  const displayName = [preferredName ?? firstName, lastName].filter((name) => name !== null).join(" ");
  const refOf = (ref: string | null) => (ref === null ? [] : [{ id: ref }]);
  const { department, division, location } = values;
  const unknown = GROUP_SLUGS.filter((slug) => hidden.includes(slug));
  return {
    id,
    username: workEmail ?? id,
    ...(workEmail !== null && { email: workEmail }),
    ...(firstName !== null && { first_name: firstName }),
    ...(lastName !== null && { last_name: lastName }),
    ...(isNameKnown && displayName !== "" && { display_name: displayName }),
    status,
    memberships: { department: refOf(department), division: refOf(division), location: refOf(location) },
    ...(unknown.length > 0 && { unknown_refs: unknown }),
  };
}
