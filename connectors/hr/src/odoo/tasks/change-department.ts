import { TaskError, type Ref, type RefChange } from "@bridgekit/core";
import type { OdooClient } from "../odoo-client.ts";
import type { Employee } from "../odoo-models.ts";
import { toRefId } from "./to-id.ts";

/**
 * Moves the user's employee, which has one department; a user without an employee gets one. What is removed is taken
 * away from all employees of the user, since the sync reads them all: archived ones and those in other companies. Then
 * reads back.
 */
export async function changeDepartment(
  odoo: OdooClient,
  userId: number,
  { added = [], removed = [] }: RefChange,
): Promise<void> {
  if (added.length > 1)
    throw new TaskError("INTERNAL_ERROR", `An employee has one department in Odoo; the task adds ${added.length}.`);
  const target = added[0] && toRefId("department", added[0].id);
  const left = new Set(removed.map((ref) => toRefId("department", ref.id)));
  if (target === undefined && left.size === 0) return;

  const employees = await odoo.employeesOf(userId);
  const moved = employees.find(({ active }) => active) ?? employees[0];
  if (!moved && target !== undefined) await hire(odoo, userId, target);
  for (const employee of employees) {
    const current = departmentOf(employee);
    const kept = current !== undefined && left.has(current) ? undefined : current;
    const wanted = employee === moved ? (target ?? kept) : kept;
    if (wanted !== current) await odoo.updateEmployee(employee.id, { department_id: wanted ?? false });
  }

  const departments = new Set((await odoo.employeesOf(userId)).map(departmentOf));
  const still = removed.filter((ref) => departments.has(Number(ref.id)));
  const lacking = added.filter((ref) => !departments.has(Number(ref.id)));
  const problems = [
    ...still.map((ref) => `an employee of user ${userId} is still in ${describe(ref)}`),
    ...lacking.map((ref) => `no employee of user ${userId} is in ${describe(ref)}`),
  ];
  if (problems.length > 0)
    throw new TaskError("INTERNAL_ERROR", `Odoo accepted the change, but ${problems.join(", and ")}.`);
}

function departmentOf({ department_id }: Employee): number | undefined {
  return department_id === false ? undefined : department_id[0];
}

function describe({ id, name }: Ref): string {
  return name ? `department "${name}" (${id})` : `department ${id}`;
}

async function hire(odoo: OdooClient, userId: number, departmentId: number): Promise<void> {
  const { name, email } = await odoo.getUser(userId);
  await odoo.createEmployee({ name, work_email: email || undefined, user_id: userId, department_id: departmentId });
}
