/** Everything the sandbox knows, as plain JSON: what `snapshot()` returns and `createBambooSandbox({ state })` takes. */
export interface BambooState {
  employees: BambooEmployeeRow[];
  jobInfo: JobInfoRow[];
  employmentStatus: EmploymentStatusRow[];
  lists: Record<ListName, OptionRow[]>;
  users: BambooUserRow[];
  /** Deleted employees with the time of deletion. */
  deletions: { id: number; deletedAt: string }[];
  /** No id is assigned twice. */
  nextIds: Record<"employee" | "row" | "option", number>;
}

/** Fields whose values are options of a list: the employee stores the id and shows the name. */
export type ListName = "jobTitle" | "department" | "division" | "location" | "employmentHistoryStatus";

/** An employee's own fields; values that change over time are in the tables. Days are `YYYY-MM-DD`, times UTC to the second. */
export interface BambooEmployeeRow {
  id: number;
  firstName: string;
  lastName: string;
  middleName: string | null;
  preferredName: string | null;
  workEmail: string | null;
  homeEmail: string | null;
  workPhone: string | null;
  mobilePhone: string | null;
  hireDate: string | null;
  /** Set by hand; otherwise the table of employment statuses decides. */
  status: "Active" | "Inactive" | null;
  insertedAt: string;
  changedAt: string;
}

/** A row of an employee's table, in effect from its day until the next row. */
interface TableRow {
  id: number;
  employeeId: number;
  /** `0000-00-00` if unknown. */
  date: string;
}

export interface JobInfoRow extends TableRow {
  jobTitle: number | null;
  department: number | null;
  division: number | null;
  location: number | null;
  /** An employee. */
  reportsTo: number | null;
}

export interface EmploymentStatusRow extends TableRow {
  employmentStatus: number | null;
  comment: string | null;
}

export interface OptionRow {
  id: number;
  name: string;
  isArchived: boolean;
}

/** A login, which the public API cannot enable or disable. */
export interface BambooUserRow {
  id: number;
  /** 0 for a login without an employee. */
  employeeId: number;
  firstName: string;
  lastName: string;
  /** The address of the login; an employee's addresses take precedence. */
  email: string;
  status: "enabled" | "disabled";
  lastLogin: string | null;
}
