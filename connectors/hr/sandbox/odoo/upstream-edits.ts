import { GROUP } from "./base-groups.ts";
import type { OdooDatabase } from "./database.ts";
import type { CompanyRow, DepartmentRow, EmployeeRow, GroupRow, MailCount, UserRow } from "./state.ts";
import type { Table } from "./table.ts";

export interface NewUser {
  login: string;
  name: string;
  email?: string;
  /** Directly assigned groups; "Role / User" by default. */
  groupIds?: readonly number[];
  /** Also creates the employee, in this department and its company. */
  departmentId?: number;
  /** The companies that the user may see; the first one by default. */
  companyIds?: readonly number[];
}

/** Changes that people make in Odoo's own screens: without keys, access rules and log. */
export interface UpstreamEdits {
  users(): UserRow[];
  /** Internal users, which a connector reads as accounts. */
  internalUsers(): UserRow[];
  groups(): GroupRow[];
  employees(): EmployeeRow[];
  departments(): DepartmentRow[];
  companies(): CompanyRow[];
  addCompany(name: string): number;
  addDepartment(department: { name: string; companyId?: number | false }): number;
  addUser(user: NewUser): number;
  updateUser(id: number, changes: Partial<Omit<UserRow, "id">>): void;
  archiveUser(id: number): void;
  removeUser(id: number): void;
  /** Adds a record that refers to the user, so that Odoo refuses to delete it. */
  protectUser(id: number): void;
  /** Creates an employee; a user may have one in each company. */
  addEmployee(employee: { name: string; userId?: number; departmentId?: number; companyId?: number }): number;
  updateEmployee(id: number, changes: Partial<Omit<EmployeeRow, "id">>): void;
  updateDepartment(id: number, changes: Partial<Omit<DepartmentRow, "id">>): void;
  /** The mails that Odoo sent to a login. */
  mails(login: string): MailCount;
}

export function createUpstreamEdits(db: OdooDatabase): UpstreamEdits {
  function update<Row extends { id: number; write_date: string }>(
    table: Table<Row>,
    id: number,
    changes: Partial<Omit<Row, "id">>,
  ): void {
    if (!table.has(id)) throw new RangeError(`The sandbox has no record ${id} to change.`);
    table.update(id, { write_date: db.timestamp(), ...changes } as Partial<Row>);
  }

  function addEmployee({ name, userId, departmentId, companyId = 1 }: Parameters<UpstreamEdits["addEmployee"]>[0]) {
    const now = db.timestamp();
    return db.employees.insert({
      name,
      work_email: (userId !== undefined && db.users.get(userId)?.email) || false,
      work_phone: false,
      department_id: departmentId ?? false,
      job_id: false,
      job_title: false,
      parent_id: false,
      user_id: userId ?? false,
      company_id: companyId,
      active: true,
      departure_date: false,
      departure_reason_id: false,
      create_date: now,
      write_date: now,
    }).id;
  }

  return {
    users: () => copies(db.users),
    internalUsers: () => copies(db.users).filter((user) => db.isInternal(user)),
    groups: () => copies(db.groups),
    employees: () => copies(db.employees),
    departments: () => copies(db.departments),
    companies: () => copies(db.companies),
    addCompany: (name) => db.companies.insert({ name, active: true }).id,
    addDepartment: ({ name, companyId = 1 }) =>
      db.departments.insert({
        name,
        parent_id: false,
        manager_id: false,
        company_id: companyId,
        active: true,
        write_date: db.timestamp(),
      }).id,
    addEmployee,
    addUser({ login, name, email, groupIds = [GROUP.user], departmentId, companyIds = [1] }) {
      const now = db.timestamp();
      if (db.users.rowsWhere("login", [login]).length > 0) throw new RangeError(`The login "${login}" is taken.`);
      const user = db.users.insert({
        login,
        name,
        email: email ?? false,
        active: true,
        group_ids: [...groupIds],
        company_id: companyIds[0]!,
        company_ids: [...companyIds],
        tz: false,
        login_date: false,
        create_date: now,
        create_uid: 2,
        write_date: now,
      });
      if (departmentId !== undefined) {
        const companyId = db.departments.get(departmentId)?.company_id || companyIds[0]!;
        addEmployee({ name, userId: user.id, departmentId, companyId });
      }
      return user.id;
    },
    updateUser: (id, changes) => update(db.users, id, changes),
    archiveUser: (id) => update(db.users, id, { active: false }),
    removeUser(id) {
      if (!db.removeUser(id)) throw new RangeError(`The sandbox has no user ${id} to remove.`);
    },
    protectUser: (id) => {
      db.usedUserIds.add(id);
    },
    updateEmployee: (id, changes) => update(db.employees, id, changes),
    updateDepartment: (id, changes) => update(db.departments, id, changes),
    mails: (login) => ({ invitation: 0, reset: 0, ...db.mails.get(login) }),
  };
}

function copies<Row extends { id: number }>(table: Table<Row>): Row[] {
  return Array.from(table, (row) => ({ ...row }));
}
