import { createRandom, DEPARTMENTS, JOBS, seedPeople } from "@bridgekit/sandbox";
import { BASE_GROUPS, BASE_PRIVILEGES, GROUP } from "./base-groups.ts";
import type { DepartmentRow, EmployeeRow, GroupRow, OdooState, UserRow } from "./state.ts";

export interface SeedOptions {
  employees: number;
  /** Part of the addresses, as in `eu.example.com`; another region has other people. */
  region?: string;
  /** Departments, the root included; 12 by default. */
  departments?: number;
  /** Groups beyond Odoo's own 18: a "User" and an "Administrator" per app. 12 by default. */
  accessGroups?: number;
  seed?: number;
}

const COMPANY = 1;
// Shared by all rows, like the groups.
const COMPANIES: readonly number[] = [COMPANY];
const START = "2026-01-05 08:00:00";

const APPS =
  "Sales,Inventory,Accounting,Project,Purchase,Helpdesk,Documents,Planning,Fleet,Recruitment,Surveys,Timesheets".split(
    ",",
  );

/**
 * Generates a fictional company, always the same for the same options. Some people have no account, some accounts no person, some
 * of both are archived; one account is external, and two have no email.
 */
export function seedOdoo({
  employees,
  region = "",
  departments = 12,
  accessGroups = 12,
  seed = 1,
}: SeedOptions): OdooState {
  const random = createRandom(`${seed}/${region}`);
  const domain = region === "" ? "example.com" : `${region.toLowerCase()}.example.com`;
  const departmentRows = seedDepartments(Math.max(1, departments), employees);
  const groups = seedGroups(accessGroups);
  // A few combinations, shared by all rows: 100,000 separate lists would take more memory than the people.
  const combinations = groups.rows.length > 0 ? groups.rows.map((group) => [GROUP.user, group.id]) : [[GROUP.user]];
  combinations.push([GROUP.user], [GROUP.user, 8, 9]);

  const users = seedTechnicalUsers(domain);
  const people: EmployeeRow[] = [];
  let nextUserId = 10;
  const addUser = (name: string, login: string, email: string | false, active: boolean): number => {
    const id = nextUserId++;
    const loginDate = random.next() < 0.7 ? timestamp(random.next()) : false;
    users.push(user(id, login, name, email, random.pick(combinations), { active, login_date: loginDate }));
    return id;
  };

  for (const { number: id, name, email: address } of seedPeople({ count: employees, domain, random })) {
    const hasUser = id % 17 !== 0;
    const hasLeft = id % 29 === 0;
    const job = 1 + random.below(JOBS.length);
    people.push({
      id,
      name,
      work_email: address,
      work_phone: `+1 555-01${String(id % 100).padStart(2, "0")}`,
      department_id: 1 + random.below(departmentRows.length),
      job_id: job,
      job_title: JOBS[job - 1]!,
      parent_id: id === 1 ? false : Math.max(1, Math.floor(id / 8)),
      user_id: hasUser ? addUser(name, address, id === 7 ? false : address, !hasLeft) : false,
      company_id: COMPANY,
      active: !hasLeft,
      departure_date: hasLeft ? "2026-03-31" : false,
      departure_reason_id: hasLeft ? 1 : false,
      create_date: START,
      write_date: timestamp(random.next()),
    });
  }
  for (let service = 1; service <= Math.max(1, Math.floor(employees / 100)); service++) {
    addUser(`Service ${service}`, `service${service}@${domain}`, `service${service}@${domain}`, true);
  }

  return {
    users,
    groups: [...BASE_GROUPS, ...groups.rows],
    employees: people,
    departments: departmentRows,
    companies: [{ id: COMPANY, name: region === "" ? "Example" : `Example ${region}`, active: true }],
    names: {
      "hr.job": Object.fromEntries(JOBS.map((job, index) => [index + 1, job])),
      "hr.departure.reason": { 1: "Resigned", 2: "Fired", 3: "Retired" },
      "res.groups.privilege": { ...BASE_PRIVILEGES, ...groups.privileges },
    },
    nextIds: {
      "res.users": nextUserId,
      "res.groups": 19 + groups.rows.length,
      "hr.employee": employees + 1,
      "hr.department": departmentRows.length + 1,
      "res.company": 2,
    },
    usedUserIds: [],
    mails: {},
  };
}

/** The accounts without a person: OdooBot, the administrator, a user with few rights, an external one. */
function seedTechnicalUsers(domain: string): UserRow[] {
  return [
    user(1, "__system__", "OdooBot", `odoobot@${domain}`, [18, 9, 8, 16, 4, 13], { active: false }),
    user(2, "admin", "Administrator", `admin@${domain}`, [18, 4], { login_date: START }),
    user(3, "low", "Low", false, [GROUP.user]),
    user(4, "portal", "Portal Partner", `partner@${domain}`, [GROUP.portal]),
  ];
}

function user(
  id: number,
  login: string,
  name: string,
  email: string | false,
  groupIds: readonly number[],
  rest: Partial<UserRow> = {},
): UserRow {
  return {
    id,
    login,
    name,
    email,
    active: true,
    group_ids: groupIds,
    company_id: COMPANY,
    company_ids: COMPANIES,
    tz: "Europe/Brussels",
    login_date: false,
    create_date: START,
    create_uid: id <= 2 ? 1 : 2,
    write_date: START,
    ...rest,
  };
}

/** A root and a tree below it: departments on the first level, teams below. */
function seedDepartments(count: number, employees: number): DepartmentRow[] {
  return Array.from({ length: count }, (_, index) => {
    const level = index - 1;
    const name = DEPARTMENTS[level % DEPARTMENTS.length];
    const isTeam = level >= DEPARTMENTS.length;
    return {
      id: index + 1,
      name: index === 0 ? "Management" : isTeam ? `${name} Team ${Math.floor(level / DEPARTMENTS.length)}` : name!,
      parent_id: index === 0 ? false : isTeam ? index + 1 - DEPARTMENTS.length : 1,
      manager_id: index < employees ? index + 1 : false,
      company_id: COMPANY,
      active: true,
      write_date: START,
    };
  });
}

function seedGroups(count: number): { rows: GroupRow[]; privileges: Record<string, string> } {
  const privileges: Record<string, string> = {};
  const rows = Array.from({ length: count }, (_, index): GroupRow => {
    const id = 19 + index;
    const app = Math.floor(index / 2);
    const isAdministrator = index % 2 === 1;
    const privilegeId = 5 + app;
    const suffix = app < APPS.length ? "" : ` ${Math.floor(app / APPS.length) + 1}`;
    privileges[privilegeId] = `${APPS[app % APPS.length]}${suffix}`;
    return {
      id,
      name: isAdministrator ? "Administrator" : "User",
      privilege_id: privilegeId,
      share: false,
      comment: false,
      implied_ids: isAdministrator ? [id - 1] : [GROUP.user],
      write_date: START,
    };
  });
  return { rows, privileges };
}

/** A time in the half-year after the start. */
function timestamp(fraction: number): string {
  const at = Date.UTC(2026, 0, 5, 8) + Math.floor(fraction * 15_000_000) * 1000;
  return new Date(at).toISOString().slice(0, 19).replace("T", " ");
}
