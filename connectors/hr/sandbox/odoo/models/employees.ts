import { GROUP } from "../base-groups.ts";
import type { OdooDatabase } from "../database.ts";
import { constraintError, fieldAccessError } from "../errors.ts";
import { computed, stored, type Model, type Scope, type Values } from "../model.ts";
import type { EmployeeRow } from "../state.ts";
import { requireValue, toColumns } from "../values.ts";

const HR = [GROUP.employeeOfficer];

// Department and job are kept in versions of the employee.
const VERSION = "'Version' (hr.version)";
const OFFICERS = "Employees / Officer: Manage all employees";

/** The fields of hr.employee.public. */
const PUBLIC_FIELDS: ReadonlySet<string> = new Set(
  "id,name,display_name,work_email,work_phone,department_id,job_id,job_title,parent_id,user_id,company_id,active,create_date,write_date".split(
    ",",
  ),
);

/** hr.employee: the people, with or without an account. */
export function employeeModel(db: OdooDatabase): Model<EmployeeRow> {
  const model: Model<EmployeeRow> = {
    name: "hr.employee",
    title: "Employee",
    table: db.employees,
    defaultOrder: "name",
    access: { read: HR, write: HR, create: HR, unlink: HR },
    publicFields: PUBLIC_FIELDS,
    isVisible: (employee, userId) => db.isInCompanyOf(userId, employee.company_id),
    refusal: {
      write: (userId) => fieldAccessError("exceptional_location_id", "Employee (hr.employee)", OFFICERS, userId),
      create: (userId) => fieldAccessError("employee_ids", "Contact (res.partner)", OFFICERS, userId),
    },
    fields: {
      ...stored<EmployeeRow>("id", "integer"),
      ...stored<EmployeeRow>("name", "char"),
      ...computed<EmployeeRow>("display_name", "char", (employee) => employee.name),
      ...stored<EmployeeRow>("work_email", "char"),
      ...stored<EmployeeRow>("work_phone", "char"),
      ...stored<EmployeeRow>("department_id", "many2one", "hr.department", {
        troublemaker: VERSION,
        name: "'Department' (department_id)",
      }),
      ...stored<EmployeeRow>("job_id", "many2one", "hr.job", {
        troublemaker: VERSION,
        name: "'Job Position' (job_id)",
      }),
      ...stored<EmployeeRow>("job_title", "char"),
      ...stored<EmployeeRow>("parent_id", "many2one", "hr.employee"),
      ...stored<EmployeeRow>("user_id", "many2one", "res.users"),
      ...stored<EmployeeRow>("company_id", "many2one", "res.company"),
      ...stored<EmployeeRow>("active", "boolean"),
      ...stored<EmployeeRow>("departure_date", "date"),
      ...stored<EmployeeRow>("departure_reason_id", "many2one", "hr.departure.reason"),
      ...stored<EmployeeRow>("create_date", "datetime"),
      ...stored<EmployeeRow>("write_date", "datetime"),
    },
    create: (valuesList, scope) => createEmployees(db, model, valuesList, scope),
    write: (ids, values, scope) => writeEmployees(db, model, ids, values, scope),
    unlink: (ids) => {
      for (const id of ids) db.removeEmployee(id);
    },
  };
  return model;
}

function createEmployees(db: OdooDatabase, model: Model<EmployeeRow>, valuesList: Values[], scope: Scope): number[] {
  const now = db.timestamp();
  const taken = new Set<string>();
  const rows = valuesList.map((values): Omit<EmployeeRow, "id"> => {
    const columns = toColumns(db, model, values, scope);
    const user = columns.user_id ? db.users.get(columns.user_id) : undefined;
    // Odoo fills name and work address from the account, if given.
    const name = columns.name || user?.name;
    requireValue(model, { name }, "name", "Employee Name");
    const companyId = columns.company_id ?? db.users.get(scope.userId)!.company_id;
    if (user) {
      checkUser(db, user.id, companyId);
      const place = `${user.id}/${companyId}`;
      if (taken.size === taken.add(place).size) throw userTaken();
    }
    return {
      work_phone: false,
      department_id: false,
      job_id: false,
      job_title: columns.job_id ? (db.label("hr.job", columns.job_id) ?? false) : false,
      parent_id: columns.department_id ? (db.departments.get(columns.department_id)?.manager_id ?? false) : false,
      user_id: false,
      active: true,
      departure_date: false,
      departure_reason_id: false,
      ...columns,
      name: name!,
      company_id: companyId,
      work_email: columns.work_email ?? user?.email ?? false,
      create_date: now,
      write_date: now,
    };
  });
  return rows.map((row) => db.employees.insert(row).id);
}

function writeEmployees(
  db: OdooDatabase,
  model: Model<EmployeeRow>,
  ids: number[],
  values: Values,
  scope: Scope,
): void {
  const columns = toColumns(db, model, values, scope);
  if ("name" in columns) requireValue(model, columns, "name", "Employee Name");
  if (columns.user_id) {
    if (ids.length > 1) throw userTaken();
    for (const id of ids) checkUser(db, columns.user_id, columns.company_id ?? db.employees.get(id)!.company_id, id);
  }
  const now = db.timestamp();
  for (const id of ids) db.employees.update(id, { ...columns, write_date: now });
}

function checkUser(db: OdooDatabase, userId: number, companyId: number, ownId?: number): void {
  const others = db.employees.rowsWhere("user_id", [userId]).filter(({ id }) => id !== ownId);
  if (others.some(({ company_id }) => company_id === companyId)) throw userTaken();
}

const userTaken = () => constraintError("A user cannot be linked to multiple employees in the same company.");
