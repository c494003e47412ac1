const toSame = <Name extends string>(...names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, name])) as { readonly [Same in Name]: Same };

/** What an employee has at most one of. */
export type GroupSlug = "department" | "division" | "location";
export const GROUP_SLUGS: readonly GroupSlug[] = ["department", "division", "location"];

/** The names of fields of which every call has the same; reports also of the groups, which come by name there. */
export const COMMON_NAMES = toSame("firstName", "lastName", "preferredName", "status", "workEmail");
export const GROUP_NAMES = toSame(...GROUP_SLUGS);

/** A field of an employee that an account is made of. Reports and the API's own lists have other names for some. */
export type EmployeeField = keyof typeof COMMON_NAMES | "employmentStatus" | GroupSlug;

/** The fields of an employee that have their ids. */
export const ID_FIELD = { department: "departmentId", division: "divisionId", location: "locationId" } as const;

/** An employee, whichever call told it. */
export interface Employee {
  id: string;
  /** `null` is no value. Department, division and location are ids of options. */
  values: Record<EmployeeField, string | null>;
  /** Fields that the key does not see, whose `null` says nothing. */
  hidden: EmployeeField[];
  /** Fields with a value that can't be read, such as an object; they are `null` and hidden, too. */
  doubts: EmployeeField[];
}

export type Row = Record<string, unknown>;

/** `GET /employees`. Of a row `_restrictedFields` may say what is hidden. */
export type EmployeePage = { data?: unknown; meta?: { total?: number; page?: { nextCursor?: string | null } } };

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

/** A list of `GET /meta/lists`; `alias` is `department` for the list of departments. */
export type ListField = { alias?: string; options: ListOption[] };

export type ListOption = { id: number; name: string; archived: "yes" | "no" };

/** `GET /employees/changed`: the latest of these changes, ISO 8601, and what happened to whom. */
export type ChangedEmployees = { latest: string; employees: Record<string, { action: string }> };
