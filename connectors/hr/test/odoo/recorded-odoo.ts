import { readFileSync } from "node:fs";
import {
  seedOdoo,
  type DepartmentRow,
  type EmployeeRow,
  type GroupRow,
  type OdooState,
  type UserRow,
} from "../../sandbox/index.ts";

export interface RecordedPair {
  label: string;
  request: { method: string; path: string; body: unknown };
  response: { status: number; contentType: string; body: unknown };
}

/** In the only company there was. */
const AT_HOME = { company_id: 1, company_ids: [1] };

type RecordedRow = Record<string, any>;

/** 24 requests to a running Odoo 19 Community with their responses; addresses moved to example.com. */
export const recording: readonly RecordedPair[] = JSON.parse(
  readFileSync(new URL("fixtures/odoo19-json2-recording.json", import.meta.url), "utf8"),
);

export const rowsOf = (label: string) =>
  recording.find((pair) => pair.label === label)!.response.body as readonly RecordedRow[];

/** The situation in which the recording was made: four users, seven departments, twenty employees, 18 groups. */
export function recordedOdoo(): OdooState {
  const employees = rowsOf("list-employees").map(toEmployee);
  // The recording shows five of the twenty; of the others only a department's manager has to have his own name.
  for (let id = employees.length + 1; id <= 20; id++) {
    const name = id === 18 ? "Paul Williams" : `Employee ${id}`;
    employees.push({ ...employees[4]!, id, name, work_email: `employee${id}@example.com` });
  }
  return {
    ...seedOdoo({ employees: 0 }),
    users: [...rowsOf("list-users-p1"), ...rowsOf("list-users-p2")].map(toUser),
    employees,
    departments: rowsOf("list-departments").map(toDepartment),
    groups: rowsOf("list-groups").map(toGroup),
    names: {
      "hr.job": namesIn(rowsOf("list-employees"), "job_id"),
      "hr.departure.reason": {},
      "res.groups.privilege": namesIn(rowsOf("list-groups"), "privilege_id"),
    },
    nextIds: { "res.users": 10, "hr.employee": 21, "hr.department": 8, "res.groups": 19, "res.company": 2 },
  };
}

function toUser({ role: _role, employee_id: _employee, ...row }: RecordedRow): UserRow {
  return { ...(row as UserRow), create_date: row.write_date, create_uid: 1, ...AT_HOME, tz: "Europe/Brussels" };
}

function toEmployee(row: RecordedRow): EmployeeRow {
  return {
    ...(row as EmployeeRow),
    department_id: idOf(row.department_id),
    job_id: idOf(row.job_id),
    parent_id: idOf(row.parent_id),
    user_id: idOf(row.user_id),
    company_id: 1,
    create_date: row.write_date,
  };
}

function toDepartment({ complete_name: _path, ...row }: RecordedRow): DepartmentRow {
  return {
    ...(row as DepartmentRow),
    parent_id: idOf(row.parent_id),
    manager_id: idOf(row.manager_id),
    company_id: 1,
    write_date: "2026-11-22 06:45:29",
  };
}

function toGroup({ full_name: _title, ...row }: RecordedRow): GroupRow {
  return { ...(row as GroupRow), privilege_id: idOf(row.privilege_id), write_date: "2026-11-22 06:45:29" };
}

function idOf(many2one: [id: number, label: string] | false): number | false {
  return many2one && many2one[0];
}

function namesIn(rows: readonly RecordedRow[], field: string): Record<string, string> {
  return Object.fromEntries(rows.flatMap((row) => (row[field] ? [row[field]] : [])));
}
