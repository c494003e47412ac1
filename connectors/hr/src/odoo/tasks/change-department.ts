import { TaskError, type Ref, type RefChange } from "@bridgekit/core";
import type { OdooClient } from "../odoo-client.ts";
import type { Employee, Many2one } from "../odoo-models.ts";
import { describeHidden, readScope } from "../odoo-scope.ts";
import { toRefId } from "./to-id.ts";

/** A department that an employee is to be in. */
export interface Target {
  id: number;
  /** Whose department it is; absent for one of all companies. */
  companyId: number | undefined;
}

/** Finds the department that a task gives. Fails where it gives two, or one that is gone. */
export async function findTarget(odoo: OdooClient, added: readonly Ref[]): Promise<Target | undefined> {
  const [ref, ...others] = new Map(added.map((each) => [each.id, each])).values();
  if (!ref) return undefined;
  if (others.length > 0)
    throw new TaskError(
      "INTERNAL_ERROR",
      `An employee has one department in Odoo, and the task gives ${[ref, ...others].map(describe).join(", ")}.`,
    );
  const department = await odoo.findDepartment(toRefId("department", ref.id));
  if (!department)
    throw new TaskError(
      "INTERNAL_ERROR",
      `${odoo.system} has no ${describe(ref)}, or hides it from the API key; the next sync shows those it has.`,
    );
  return { id: department.id, companyId: idOf(department.company_id) };
}

interface Options {
  /** What is added, where that is anything. */
  target: Target | undefined;
  /** The user was made by this task, so nobody can have hired it before. */
  isNew?: boolean;
}

/**
 * Changes the departments of the user's employees, of which a user may have one in each company. What is added goes to the
 * employee in the company of that department; where there is none, one is hired there. What is removed is taken away from
 * all employees of the user, since the sync reads them all, archived ones too. Then reads back.
 */
export async function changeDepartment(
  odoo: OdooClient,
  userId: number,
  { added = [], removed = [] }: RefChange,
  { target, isNew = false }: Options,
): Promise<void> {
  const left = new Set(removed.map((ref) => toRefId("department", ref.id)));
  if (!target && left.size === 0) return;

  const employees = await odoo.employeesOf(userId);
  const moved = target && chooseEmployee(employees, target, left);
  if (target && !moved) await hire(odoo, userId, target, isNew);
  for (const employee of employees) {
    const current = idOf(employee.department_id);
    const kept = current !== undefined && left.has(current) ? undefined : current;
    const wanted = employee === moved ? target?.id : kept;
    if (wanted !== current) await odoo.updateEmployee(employee.id, { department_id: wanted ?? false });
  }

  const departments = new Set((await odoo.employeesOf(userId)).map(({ department_id }) => idOf(department_id)));
  const still = removed.filter((ref) => ref.id !== String(target?.id) && departments.has(Number(ref.id)));
  const lacking = added.filter((ref) => !departments.has(Number(ref.id)));
  const problems = [
    ...still.map((ref) => `an employee of user ${userId} is still in ${describe(ref)}`),
    ...lacking.map((ref) => `no employee of user ${userId} is in ${describe(ref)}`),
  ];
  if (problems.length > 0)
    throw new TaskError("INTERNAL_ERROR", `Odoo accepted the change, but ${problems.join(", and ")}.`);
}

/** The employee to move: of the department's company. A department of all companies goes to whom another one is taken from. */
function chooseEmployee(employees: readonly Employee[], { companyId }: Target, left: ReadonlySet<number>) {
  const eligible = employees.filter(({ company_id }) => companyId === undefined || idOf(company_id) === companyId);
  const isLeaving = ({ department_id }: Employee) => left.has(idOf(department_id) ?? 0);
  return (
    eligible.find((employee) => employee.active && isLeaving(employee)) ??
    eligible.find(({ active }) => active) ??
    eligible.find(isLeaving) ??
    eligible[0]
  );
}

function idOf(pointer: Many2one): number | undefined {
  return pointer === false || pointer === null ? undefined : pointer[0];
}

function describe({ id, name }: Ref): string {
  return name ? `department "${name}" (${id})` : `department ${id}`;
}

/** Makes an employee in the company of the department; Odoo would take that of the API key's user. */
async function hire(odoo: OdooClient, userId: number, { id, companyId }: Target, isNew: boolean): Promise<void> {
  const scope = isNew ? undefined : await readScope(odoo);
  if (scope && scope.hidden !== "none")
    throw new TaskError(
      "PERMISSION_DENIED",
      `User ${userId} has no employee for department ${id} that the API key can see, but may have one that is hidden: ` +
        `${describeHidden(odoo, scope)}.`,
    );
  const { name, email } = await odoo.getUser(userId);
  await odoo.createEmployee({
    name,
    work_email: email || undefined,
    user_id: userId,
    department_id: id,
    ...(companyId !== undefined && { company_id: companyId }),
  });
}
