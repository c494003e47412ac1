import { GROUP } from "./base-groups.ts";
import type {
  CompanyRow,
  DepartmentRow,
  EmployeeRow,
  GroupRow,
  MailCount,
  ModelName,
  NamedModel,
  OdooState,
  UserRow,
} from "./state.ts";
import { Table } from "./table.ts";

/** The five tables and derived data: names of records, implied groups, employees of users. */
export class OdooDatabase {
  readonly users: Table<UserRow>;
  readonly groups: Table<GroupRow>;
  readonly employees: Table<EmployeeRow>;
  readonly departments: Table<DepartmentRow>;
  readonly companies: Table<CompanyRow>;
  readonly usedUserIds: Set<number>;
  readonly mails: Map<string, MailCount>;
  readonly #names: OdooState["names"];
  readonly #now: () => Date;
  readonly #closures = new Map<string, readonly number[]>();
  #ranks: Map<number, number> | undefined;

  constructor(state: OdooState, now: () => Date) {
    this.users = new Table(state.users, state.nextIds["res.users"], ["login"]);
    this.groups = new Table(state.groups, state.nextIds["res.groups"]);
    this.employees = new Table(state.employees, state.nextIds["hr.employee"], ["user_id"]);
    this.departments = new Table(state.departments, state.nextIds["hr.department"]);
    this.companies = new Table(state.companies, state.nextIds["res.company"]);
    this.usedUserIds = new Set(state.usedUserIds);
    this.mails = new Map(Object.entries(state.mails).map(([login, count]) => [login, { ...count }]));
    this.#names = state.names;
    this.#now = now;
  }

  /** The current time in Odoo's format. */
  timestamp(): string {
    return toTimestamp(this.#now());
  }

  /** Groups with everything they imply, in Odoo's order; memoised, since thousands of users share few combinations. */
  closure(groupIds: readonly number[]): readonly number[] {
    const key = groupIds.join();
    const known = this.#closures.get(key);
    if (known) return known;
    const reached = new Set(groupIds);
    // A Set also visits items that are added during iteration.
    for (const id of reached) for (const implied of this.groups.get(id)?.implied_ids ?? []) reached.add(implied);
    const closure = this.inGroupOrder([...reached]);
    this.#closures.set(key, closure);
    return closure;
  }

  /** An internal user has "Role / User", directly or implied; all others are external, which Odoo calls "share". */
  isInternal(user: UserRow): boolean {
    return this.closure(user.group_ids).includes(GROUP.user);
  }

  /** By privilege, then name. Privileges have their own sequence; descending ids match the recording. */
  inGroupOrder(groupIds: readonly number[]): readonly number[] {
    this.#ranks ??= new Map([...this.groups].sort(compareGroups).map((group, rank) => [group.id, rank]));
    const ranks = this.#ranks;
    return [...groupIds].sort((left, right) => (ranks.get(left) ?? 0) - (ranks.get(right) ?? 0));
  }

  groupsChanged(): void {
    this.#closures.clear();
    this.#ranks = undefined;
  }

  /** Returns the user's employee in a company. */
  employeeOf(userId: number, companyId: number, activeTest: boolean): number | false {
    const employees = this.employees.rowsWhere("user_id", [userId]);
    return employees.find(({ active, company_id }) => company_id === companyId && (active || !activeTest))?.id ?? false;
  }

  /** Whether a user sees a record of this company, or of none. */
  isInCompanyOf(userId: number, companyId: number | false): boolean {
    return companyId === false || this.users.get(userId)?.company_ids.includes(companyId) === true;
  }

  /** Odoo's name of a group in access errors, which differs from `full_name`. */
  groupPath(id: number): string {
    const group = this.groups.get(id)!;
    const privilege = group.privilege_id && this.label("res.groups.privilege", group.privilege_id);
    return privilege ? `${privilege}/${group.name}` : group.name;
  }

  /** The label of a many2one; undefined if the record does not exist. */
  label(model: ModelName | NamedModel, id: number): string | undefined {
    switch (model) {
      case "res.users":
        return this.users.get(id)?.name;
      case "hr.employee":
        return this.employees.get(id)?.name;
      case "hr.department":
        return this.#departmentPath(id);
      case "res.company":
        return this.companies.get(id)?.name;
      case "res.groups": {
        const group = this.groups.get(id);
        const privilege = group?.privilege_id && this.label("res.groups.privilege", group.privilege_id);
        return privilege ? `${privilege} / ${group.name}` : group?.name;
      }
      case "hr.job":
      case "hr.departure.reason":
      case "res.groups.privilege":
        return this.#names[model][id];
    }
  }

  countMail(login: string, kind: keyof MailCount): void {
    const count = this.mails.get(login) ?? { invitation: 0, reset: 0 };
    count[kind]++;
    this.mails.set(login, count);
  }

  /** Detaches the user from its employees first, as a person must. */
  removeUser(id: number): boolean {
    for (const employee of this.employees.rowsWhere("user_id", [id])) {
      this.employees.update(employee.id, { user_id: false, write_date: this.timestamp() });
    }
    this.usedUserIds.delete(id);
    return this.users.remove(id);
  }

  removeEmployee(id: number): void {
    this.employees.remove(id);
    for (const other of this.employees) if (other.parent_id === id) other.parent_id = false;
    for (const department of this.departments) if (department.manager_id === id) department.manager_id = false;
  }

  /** A deep copy of everything, free of references into the tables. */
  snapshot(): OdooState {
    return structuredClone({
      users: [...this.users],
      groups: [...this.groups],
      employees: [...this.employees],
      departments: [...this.departments],
      companies: [...this.companies],
      names: this.#names,
      nextIds: {
        "res.users": this.users.nextId,
        "res.groups": this.groups.nextId,
        "hr.employee": this.employees.nextId,
        "hr.department": this.departments.nextId,
        "res.company": this.companies.nextId,
      },
      usedUserIds: [...this.usedUserIds],
      mails: Object.fromEntries(this.mails),
    });
  }

  #departmentPath(id: number): string | undefined {
    const path: string[] = [];
    const visited = new Set<number>();
    for (let next: number | false = id; next !== false && !visited.has(next);) {
      visited.add(next);
      const department = this.departments.get(next);
      if (!department) break;
      path.unshift(department.name);
      next = department.parent_id;
    }
    return path.length > 0 ? path.join(" / ") : undefined;
  }
}

/** Formats a time as Odoo does: UTC, to the second, without a zone. */
export function toTimestamp(moment: Date): string {
  return moment.toISOString().slice(0, 19).replace("T", " ");
}

function compareGroups(left: GroupRow, right: GroupRow): number {
  return (
    (right.privilege_id || 0) - (left.privilege_id || 0) ||
    (left.name < right.name ? -1 : left.name > right.name ? 1 : left.id - right.id)
  );
}
