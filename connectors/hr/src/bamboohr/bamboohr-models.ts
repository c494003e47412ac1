/** A field of an employee that an account is made of. Reports and the API's own lists have other names for some. */
export type EmployeeField =
  | "firstName"
  | "lastName"
  | "preferredName"
  | "workEmail"
  | "status"
  | "employmentStatus"
  | GroupSlug;

/** What an employee has at most one of. */
export type GroupSlug = "department" | "division" | "location";

export const GROUP_SLUGS: readonly GroupSlug[] = ["department", "division", "location"];

/** The fields of an employee that have their ids. */
export const ID_FIELD = {
  department: "departmentId",
  division: "divisionId",
  location: "locationId",
} as const satisfies Record<GroupSlug, string>;

/** An employee, whichever call told it. */
export interface Employee {
  id: string;
  /** `null` is no value. Department, division and location are ids of options. */
  values: Readonly<Record<EmployeeField, string | null>>;
  /** Fields that the key does not see, whose `null` says nothing. */
  hidden: readonly EmployeeField[];
  /** Fields with a value that can't be read, such as an object; they are `null` and hidden, too. */
  doubts: readonly EmployeeField[];
}

/** `GET /employees`. */
export interface EmployeePage {
  data?: unknown;
  meta?: { total?: number; page?: { nextCursor?: string | null } };
}

/** An employee of such a page. */
export interface ListedEmployee extends Record<string, unknown> {
  employeeId: string | number;
  _restrictedFields?: string[] | null;
}

/** `POST /reports/custom`. */
export interface Report {
  fields?: { id: string }[];
  employees?: unknown;
}

export interface ReportedEmployee extends Record<string, unknown> {
  id: string | number;
}

/** A row of the table of employment statuses, in effect from its date on. */
export interface EmploymentRow {
  id: string | number;
  employeeId: string | number;
  /** `YYYY-MM-DD`; `0000-00-00` is none. */
  date: string | null;
  /** Absent where the key does not see it. */
  employmentStatus?: string | null;
}

/** A row of the table of jobs, in effect from its date on. */
export type JobRow = Pick<EmploymentRow, "id" | "employeeId" | "date">;

/** A list of `GET /meta/lists`. */
export interface ListField {
  /** `department` for the list of departments. */
  alias?: string;
  options: ListOption[];
}

export interface ListOption {
  id: number;
  name: string;
  archived: "yes" | "no";
}

export interface BambooHrUser {
  /** 0 for a user who is no employee. */
  employeeId: number;
}

/** `GET /employees/changed`. */
export interface ChangedEmployees {
  /** The latest of these changes, ISO 8601. */
  latest: string;
  employees: Record<string, { action: "Inserted" | "Updated" | "Deleted" }>;
}

/** What is written to an employee; an empty text takes a value away. */
export type EmployeeValues = Partial<Record<"firstName" | "lastName" | "workEmail" | GroupSlug, string>>;
