const toSame = <Name extends string>(...names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, name])) as { readonly [Same in Name]: Same };

/** Groups of which an employee has at most one. */
export type GroupSlug = "department" | "division" | "location";
export const GROUP_SLUGS: readonly GroupSlug[] = ["department", "division", "location"];

/** Fields with the same name in every call. */
export const COMMON_NAMES = toSame("firstName", "lastName", "preferredName", "status", "workEmail");
export const GROUP_NAMES = toSame(...GROUP_SLUGS);

/** A field of an employee used for an account. Reports and lists name some differently. */
export type EmployeeField = keyof typeof COMMON_NAMES | "employmentStatus" | GroupSlug;

/** The fields with the ids of the groups. */
export const ID_FIELD = { department: "departmentId", division: "divisionId", location: "locationId" } as const;

/** An employee, from whichever call. */
export interface Employee {
  id: string;
  /** `null` means no value. Department, division and location are ids of options. */
  values: Record<EmployeeField, string | null>;
  /** Fields that the key cannot see; their `null` is meaningless. */
  hidden: EmployeeField[];
  /** Fields with an unexpected value, such as an object; also `null` and hidden. */
  doubts: EmployeeField[];
}

export type Row = Record<string, unknown>;

/** `GET /employees`. `_restrictedFields` of a row names hidden fields. */
export type EmployeePage = { data?: unknown; meta?: { total?: number; page?: { nextCursor?: string | null } } };

/** A row of the table of employment statuses, effective from its date. */
export interface EmploymentRow {
  id: string | number;
  employeeId: string | number;
  /** `YYYY-MM-DD`; `0000-00-00` means none. */
  date: string | null;
  /** Absent if the key cannot see it. */
  employmentStatus?: string | null;
}

/** A row of the table of jobs, effective from its date. */
export type JobRow = Pick<EmploymentRow, "id" | "employeeId" | "date">;

/** A list of `GET /meta/lists`; `alias` is `department` for departments. */
export type ListField = { alias?: string; options: ListOption[] };

export type ListOption = { id: number; name: string; archived: "yes" | "no" };

/** `GET /employees/changed`: the time of the latest change, ISO 8601, and the changes by employee. */
export type ChangedEmployees = { latest: string; employees: Record<string, { action: string }> };
