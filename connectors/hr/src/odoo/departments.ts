import { TaskError, type Access, type Change, type ConnectorContext } from "@bridgekit/core";
import { idsOf, type Employee, type Many2one, type OdooClient, type User } from "./odoo-client.ts";
import { readScope } from "./odoo-scope.ts";

type Client = { odoo: OdooClient };
type Account = { user: User; isOwn: boolean };
type Department = { id: number; company_id: Many2one };

/**
 * The departments of a user's employees; a user may have an employee in each company. A department is added to the employee in
 * its company, or to a new employee there. It is removed from all employees of the user, including archived ones, since the
 * sync reads them all.
 */
export const departments: Access<Client, Account> = {
  exists: async ({ client: { odoo } }, ids) => idsOf(await odoo.find("hr.department", ids, ["complete_name"])),
  check(_context, { added }) {
    const message = `An employee has one department in Odoo, and the task gives ${added.length}.`;
    if (added.length > 1) throw new TaskError("INTERNAL_ERROR", message);
  },
  async list({ client: { odoo } }, { user }) {
    const ids = (await odoo.employeesOf([user.id])).map(({ department_id }) => idOf(department_id));
    return [...new Set(ids)].flatMap((id) => (id === undefined ? [] : [String(id)]));
  },
  async add(context, account, ref, { removed }) {
    const { odoo } = context.client;
    const fields = ["complete_name", "company_id"];
    const [department] = await odoo.find<Department>("hr.department", [ref.id], fields);
    const employee = chooseEmployee(await odoo.employeesOf([account.user.id]), department!, removed);
    if (employee) await odoo.write("hr.employee", employee.id, { department_id: department!.id });
    else await hire(context, account, department!);
  },
  async remove({ client: { odoo } }, { user }, ref) {
    for (const { id, department_id } of await odoo.employeesOf([user.id]))
      if (String(idOf(department_id)) === ref.id) await odoo.write("hr.employee", id, { department_id: false });
  },
};

/** Chooses the employee of the department's company; without a company, the one who loses another department. */
function chooseEmployee(employees: Employee[], { company_id }: Department, removed: Change["removed"]) {
  const eligible = employees.filter((one) => !company_id || idOf(one.company_id) === company_id[0]);
  const isLeaving = ({ department_id }: Employee) => removed.some(({ id }) => id === String(idOf(department_id)));
  const rank = (one: Employee) => 2 * Number(one.active) + Number(isLeaving(one));
  return eligible.toSorted((a, b) => rank(b) - rank(a))[0];
}

/** Creates an employee in the company of the department; Odoo's default is that of the API key's user. */
async function hire({ client: { odoo } }: ConnectorContext<Client>, { user, isOwn }: Account, department: Department) {
  // A user created by this task has no hidden employee.
  const scope = isOwn ? undefined : await readScope(odoo);
  if (scope && scope.hidden !== "none") {
    const doubt = `User ${user.id} has no employee for department ${department.id} that the API key can see`;
    throw new TaskError("PERMISSION_DENIED", `${doubt}, but may have one that is hidden: ${scope.why}.`);
  }
  const place = { department_id: department.id, company_id: idOf(department.company_id) };
  await odoo.createEmployee({ name: user.name, work_email: user.email || undefined, user_id: user.id, ...place });
}

const idOf = (pointer: Many2one) => (pointer ? pointer[0] : undefined);
