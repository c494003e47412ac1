import { TaskError } from "@bridgekit/core";
import type { OdooClient } from "../odoo-client.ts";
import { toRefId } from "./to-id.ts";

interface Ref {
  id: string;
}

/** Moves the user's employee; an employee has one department. A user without an employee gets one. */
export async function changeDepartment(
  odoo: OdooClient,
  userId: number,
  { added = [], removed = [] }: { added?: readonly Ref[]; removed?: readonly Ref[] },
): Promise<void> {
  if (added.length > 1)
    throw new TaskError("INTERNAL_ERROR", `An employee has one department in Odoo; the task adds ${added.length}.`);
  const target = added[0] && toRefId("department", added[0].id);
  const left = new Set(removed.map((ref) => toRefId("department", ref.id)));

  const employees = await odoo.employeesOf(userId);
  const employee = employees.find(({ active }) => active) ?? employees[0];
  if (!employee) {
    if (target !== undefined) await hire(odoo, userId, target);
    return;
  }
  const current = employee.department_id === false ? undefined : employee.department_id[0];
  if (target !== undefined && current !== target) await odoo.updateEmployee(employee.id, { department_id: target });
  if (target === undefined && current !== undefined && left.has(current))
    await odoo.updateEmployee(employee.id, { department_id: false });
}

async function hire(odoo: OdooClient, userId: number, departmentId: number): Promise<void> {
  const { name, email } = await odoo.getUser(userId);
  await odoo.createEmployee({ name, work_email: email || undefined, user_id: userId, department_id: departmentId });
}
