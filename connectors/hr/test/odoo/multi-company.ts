import { readFileSync } from "node:fs";
import { GROUP, seedOdoo, type EmployeeRow, type OdooState, type UserRow } from "../../sandbox/index.ts";

export interface Exchange {
  label: string;
  /** `key` is `admin` or `low`; absent if any key does. */
  request: { method: string; path: string; key?: "admin" | "low"; body?: unknown };
  response: { status: number; type: string; body: unknown };
}

/** 27 more requests to a running Odoo 19 Community, with three companies, and its responses. */
export const exchanges: readonly Exchange[] = JSON.parse(
  readFileSync(new URL("fixtures/odoo19-multi-company.json", import.meta.url), "utf8"),
);

const AT = "2026-11-28 04:08:41";

/**
 * The situation in which they were recorded. The administrator works in the first two companies of three, the user "low"
 * in the first only. "both" has an employee in each of the first two, "third" one in the third.
 */
export function multiCompanyOdoo(): OdooState {
  const named = ["p0", "p1", "p2", "p3"].map((name, index) => toUser(6 + index, name));
  return {
    ...seedOdoo({ employees: 0, accessGroups: 0 }),
    companies: ["First", "Second", "Third"].map((name, index) => ({ id: index + 1, name, active: true })),
    users: [
      { ...toUser(1, "OdooBot"), login: "__system__", active: false, group_ids: [GROUP.administrator] },
      { ...toUser(2, "Administrator"), login: "admin", group_ids: [18, GROUP.administrator], company_ids: [1, 2] },
      { ...toUser(5, "Low"), login: "low" },
      ...named,
      toUser(12, "p6"),
      { ...toUser(16, "both"), company_ids: [1, 2] },
      { ...toUser(17, "third"), company_id: 3, company_ids: [3] },
      toUser(18, "earch"),
    ],
    departments: ["Administration", "Engineering", "Sales", "Süd", "Closed", "Second Ops", "Third Ops"].map(
      (name, index) => ({
        id: index + 1,
        name,
        parent_id: name === "Süd" ? 3 : false,
        manager_id: false,
        company_id: Math.max(1, index - 3),
        active: name !== "Closed",
        write_date: AT,
      }),
    ),
    employees: [
      toEmployee(1, 2, 1),
      ...named.map((user, index) => toEmployee(2 + index, user.id, 2 + index)),
      toEmployee(7, 16, 2),
      { ...toEmployee(8, 16, 6), company_id: 2 },
      { ...toEmployee(9, 17, 7), company_id: 3 },
      { ...toEmployee(10, 18, 3), active: false },
    ],
    nextIds: { "res.users": 19, "hr.employee": 11, "hr.department": 8, "res.groups": 19, "res.company": 4 },
  };
}

function toUser(id: number, name: string): UserRow {
  return {
    id,
    login: `${name}@example.com`,
    name,
    email: `${name}@example.com`,
    active: true,
    group_ids: [GROUP.user],
    company_id: 1,
    company_ids: [1],
    tz: false,
    login_date: false,
    create_date: AT,
    create_uid: 1,
    write_date: AT,
  };
}

function toEmployee(id: number, userId: number, departmentId: number): EmployeeRow {
  return {
    id,
    name: `Employee ${id}`,
    work_email: false,
    work_phone: false,
    department_id: departmentId,
    job_id: false,
    job_title: false,
    parent_id: false,
    user_id: userId,
    company_id: 1,
    active: true,
    departure_date: false,
    departure_reason_id: false,
    create_date: AT,
    write_date: AT,
  };
}
