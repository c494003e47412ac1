import { defineTrial } from "@bridgekit/testing";
import { createOdooSandbox, GROUP, seedOdoo, type OdooSandbox } from "../../sandbox/index.ts";
import { hr } from "../../src/index.ts";

const API_KEY = "odoo-canary-key";
/** The company is made up once, since the kit opens it for each check. */
const create = (employees: number) => {
  const state = seedOdoo({ employees });
  return () => createOdooSandbox({ apiKey: API_KEY, state });
};

/** An account that nothing holds fast. */
const someone = (odoo: OdooSandbox) => odoo.users().find(({ id, active }) => active && id >= 10)!;
const payloadOfSomeone = (odoo: OdooSandbox) => ({ account: { id: String(someone(odoo).id) } });
const find = (odoo: OdooSandbox, id: string) => odoo.users().find((user) => String(user.id) === id);

const employeeOf = (odoo: OdooSandbox, id: number) => odoo.employees().find(({ user_id }) => user_id === id);

/** The condition that picks a page is no part of the list. */
function withoutPage(body: unknown): string {
  const { domain = [], ...rest } = body as { domain?: [string, string, unknown][] };
  return JSON.stringify({
    ...rest,
    domain: domain.filter(([field, operator]) => !(field === "id" && operator === ">")),
  });
}

/** How the kit tries Odoo. */
export const odooTrial = defineTrial(hr({ system: "odoo" }), {
  config: { url: "http://odoo.example.com", apiKey: API_KEY },
  secrets: [API_KEY],
  // Two pages of users.
  upstream: create(1_100),
  truth: (odoo) => {
    const employeesOf = Map.groupBy(odoo.employees(), ({ user_id }) => user_id);
    return {
      department: odoo.departments().map(({ id }) => ({ id: String(id) })),
      access_group: odoo.groups().map(({ id }) => ({ id: String(id) })),
      account: odoo.internalUsers().map((user) => ({
        id: String(user.id),
        status: user.active ? ("active" as const) : ("suspended" as const),
        refs: {
          department: (employeesOf.get(user.id) ?? []).flatMap(({ department_id }) =>
            department_id === false ? [] : [String(department_id)],
          ),
          access_group: user.group_ids.map(String),
        },
      })),
    };
  },
  edits: {
    "somebody leaves": (odoo) => odoo.removeUser(someone(odoo).id),
    "somebody comes": (odoo) => void odoo.addUser({ login: "new.comer", name: "New Comer", departmentId: 2 }),
    "somebody changes departments and groups": (odoo) => {
      const user = odoo.users().findLast(({ active, id }) => active && employeeOf(odoo, id)?.department_id === 2)!;
      odoo.updateEmployee(employeeOf(odoo, user.id)!.id, { department_id: 3 });
      odoo.updateUser(user.id, { group_ids: [GROUP.user, 4] });
    },
  },
  optionalFields: ["email"],
  empty: create(0),
  hidden: {
    "users hidden by record rules from list and count alike": (odoo) =>
      void odoo.fault(({ model, method }) =>
        model === "res.users" && method.startsWith("search_") ? { kind: "empty", isCountZero: true } : undefined,
      ),
    "departments and employees of a company to which the key's user does not belong": (odoo) => {
      const companyId = odoo.addCompany("Hidden");
      odoo.updateDepartment(2, { company_id: companyId });
      odoo.updateEmployee(2, { company_id: companyId });
    },
    "employees that are counted and not listed": (odoo) =>
      void odoo.fault(({ model }) => (model === "hr.employee" ? { kind: "empty" } : undefined)),
  },
  manyRefs(odoo) {
    const ids = Array.from({ length: 101 }, (_, index) => 1000 + index);
    const { id } = someone(odoo);
    odoo.updateUser(id, { group_ids: [GROUP.user, ...ids] });
    return { slug: "account", id: String(id), field: "memberships", refSlug: "access_group", count: ids.length + 1 };
  },
  budget: {
    calls: 17,
    because:
      "the key's user, its companies and keys in 5, a page, an empty page and a count for each list, and the employees " +
      "of a page of users",
  },
  missingAccounts: ["999999", "ext-123"],
  listOf: ({ path, body }) => `${path} ${withoutPage(body)}`,
  actions: {
    create_account: {
      payload: () => ({
        account: { id: "new", username: "new", email: "new@example.com" },
        memberships: {
          access_group: [{ id: "4", name: "Role / Administrator" }],
          department: [{ id: "2", name: "Sales" }],
        },
      }),
      isDone(odoo, _, result) {
        const created = odoo.users().filter(({ login }) => login === "new");
        const employees = odoo.employees().filter(({ user_id }) => user_id === created[0]?.id);
        const isRight = created[0]?.group_ids.includes(4) && employees[0]?.department_id === 2;
        const isReported = result === undefined || result.account?.id === String(created[0]?.id);
        return created.length === 1 && employees.length === 1 && isRight === true && isReported;
      },
      again: "ACCOUNT_ALREADY_EXISTS",
    },
    update_account: {
      payload: (odoo) => ({
        ...payloadOfSomeone(odoo),
        changes: { access_group: { added: [{ id: "4", name: "Role" }] } },
      }),
      isDone: (odoo, { account }) => find(odoo, account.id)?.group_ids.includes(4) === true,
    },
    suspend_account: {
      payload: payloadOfSomeone,
      isDone: (odoo, { account }) => find(odoo, account.id)?.active === false,
    },
    unsuspend_account: {
      payload(odoo) {
        const { id } = someone(odoo);
        odoo.archiveUser(id);
        return { account: { id: String(id) } };
      },
      isDone: (odoo, { account }) => find(odoo, account.id)?.active === true,
    },
    delete_account: {
      payload: payloadOfSomeone,
      isDone: (odoo, { account }) => find(odoo, account.id) === undefined,
      again: "ACCOUNT_NOT_FOUND",
    },
    reset_password: {
      payload: payloadOfSomeone,
      // A mail that is sent twice does no harm, and Odoo can't be asked whether it was sent.
      isDone: (odoo, { account }) => odoo.mails(find(odoo, account.id)!.login).reset >= 1,
    },
  },
});
