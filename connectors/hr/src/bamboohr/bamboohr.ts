import { isSameIdentity, refusalOf, TaskError, type ConnectorContext } from "@bridgekit/core";
import { defineHrSystem } from "../hr-system.ts";
import { readAccounts } from "./accounts.ts";
import { createBambooHrClient } from "./bamboohr-client.ts";
import { bambooHrConfig } from "./bamboohr-config.ts";
import { GROUP_SLUGS, ID_FIELD } from "./bamboohr-models.ts";
import { changes } from "./changes.ts";
import { checkAccess } from "./check-access.ts";
import { readEmployees } from "./employees.ts";
import { dayIn, toStatus } from "./employment.ts";
import { groupAccess, openRun, readGroups, readOptions, toOptionNames, type BambooHr } from "./options.ts";

const NO_LOGINS =
  "BambooHR's API cannot enable or disable a login: an administrator does it in BambooHR, in the person's access settings.";

/** BambooHR, through its public API: employees as accounts, with their department, division and location. */
export const bamboohr = defineHrSystem({
  name: "hr",
  title: "HR system (BambooHR)",
  config: bambooHrConfig,

  resourceTypes: {
    department: { type: "group", name: "Department" },
    division: { type: "group", name: "Division" },
    location: { type: "group", name: "Location" },
    account: { type: "account", name: "Employee" },
  },

  connect: (config, { http }): BambooHr => ({ config, api: createBambooHrClient(config, http) }),
  check: ({ client }) => checkAccess(client),

  sync(context) {
    const run = openRun(context);
    return {
      department: () => readGroups(run, "department"),
      division: () => readGroups(run, "division"),
      location: () => readGroups(run, "location"),
      account: () => readAccounts(run),
    };
  },
  changes,

  async findAccount({ client: { api } }, accountId) {
    const id = toEmployeeId(accountId);
    return { id, values: await api.getEmployee(id, Object.values(ID_FIELD)) };
  },
  access: {
    department: groupAccess("department"),
    division: groupAccess("division"),
    location: groupAccess("location"),
  },

  create: {
    needs: ["email", "first_name", "last_name"],
    /** BambooHR cannot search by work email, so this reads everybody: one call for every 1,000. */
    async find({ client: { api } }, { email }) {
      let hidden = 0;
      for await (const { id, values, ...employee } of readEmployees(api, { options: () => readOptions(api) })) {
        if (isSameIdentity(values.workEmail, email))
          return { id, note: values.status === "Inactive" ? "inactive" : undefined };
        if (employee.hidden.includes("workEmail")) hidden++;
      }
      if (hidden === 0) return undefined;
      const why = `${api.system} hides the work email of ${hidden} employees from the API key`;
      const advice = `so it is unknown whether ${email} is one of them; let the user of the key see that field.`;
      throw new TaskError("PERMISSION_DENIED", `${why}, ${advice}`);
    },
    async create({ client: { api } }, { email, first_name, last_name }, given) {
      const ids = GROUP_SLUGS.flatMap((slug) => (given[slug] ? [[slug, given[slug].added[0]!.id] as const] : []));
      const names = await toOptionNames(api, Object.fromEntries(ids));
      return api.createEmployee({ firstName: first_name!, lastName: last_name!, workEmail: email!, ...names });
    },
    wasMadeSince: async ({ client: { api } }, { id }, since) =>
      id in (await api.changedSince(since.getTime(), "inserted")).employees,
    gives: GROUP_SLUGS,
  },

  tasks: {
    /** Terminates the employee as of today, with a row of the table of employment statuses: BambooHR cannot delete employees. */
    async delete_account(context, { account }) {
      const { api, config } = context.client;
      const { status } = await readStatus(context, account.id);
      if (status === "inactive") return;
      const row = { date: dayIn(config.timeZone), employmentStatus: config.terminatedStatus };
      const refusal = await refusalOf(api.addEmploymentRow(account.id, row), 406, 409);
      const advice = `Is "${row.employmentStatus}" an employment status there? If not, set terminatedStatus.`;
      if (refusal) throw new TaskError("INTERNAL_ERROR", `${refusal.message}. ${advice}`, { cause: refusal });
    },
  },
  verify: { delete_account: (context, { account }) => readStatus(context, account.id) },
  unsupported: {
    suspend_account: `${NO_LOGINS} Use delete_account for somebody who has left.`,
    unsuspend_account: `${NO_LOGINS} Add a new employment status there for somebody who returns.`,
    reset_password:
      "BambooHR's API has no call for it: people reset their own password on its login page, or in the identity provider " +
      "where one is connected.",
  },
});

/** Whether the employee has left, from the employee and the table. */
async function readStatus({ client: { api, config } }: ConnectorContext<BambooHr>, accountId: string) {
  const id = toEmployeeId(accountId);
  const { status } = await api.getEmployee(id, ["status"]);
  const rows = await api.employmentRows(id);
  const message = `${api.system} does not show the status of employee ${id} to the API key.`;
  if (status === undefined || rows.some(({ employmentStatus }) => employmentStatus === undefined))
    throw new TaskError("PERMISSION_DENIED", message);
  const { terminatedStatus, timeZone } = config;
  return { status: toStatus(status, rows, { terminatedStatus, today: dayIn(timeZone) }) };
}

/** Ids are positive numbers; 0 would be the owner of the API key. */
function toEmployeeId(id: string): string {
  if (/^[1-9]\d{0,9}$/.test(id)) return id;
  throw new TaskError("ACCOUNT_NOT_FOUND", `BambooHR has no employee with the id "${id}": ids are numbers.`);
}
