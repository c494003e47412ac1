/** Everything the sandbox knows, as plain JSON: what `snapshot()` answers and `createBambooSandbox({ state })` takes. */
export interface BambooState {
  employees: BambooEmployeeRow[];
  jobInfo: JobInfoRow[];
  employmentStatus: EmploymentStatusRow[];
  lists: Record<ListName, OptionRow[]>;
  users: BambooUserRow[];
  /** Employees who were deleted, and when. */
  deletions: { id: number; deletedAt: string }[];
  /** No id is handed out twice. */
  nextIds: Record<"employee" | "row" | "option", number>;
}

/** Fields whose values are options of a list: the employee has the id, and shows the name. */
export type ListName = "jobTitle" | "department" | "division" | "location" | "employmentHistoryStatus";

/** Somebody's own fields; what changes over time is in the tables. Days are `YYYY-MM-DD`, moments are UTC to the second. */
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
  /** Set by hand; without it the table of employment statuses decides. */
  status: "Active" | "Inactive" | null;
  insertedAt: string;
  changedAt: string;
}

/** A row of one of an employee's tables: in effect from its day on, until the next one is. */
interface TableRow {
  id: number;
  employeeId: number;
  /** `0000-00-00` where nobody said when. */
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

/** A login. Nothing in the public API switches one on or off. */
export interface BambooUserRow {
  id: number;
  /** 0 for a login that belongs to no employee. */
  employeeId: number;
  firstName: string;
  lastName: string;
  /** Of the login itself; an employee's addresses go before it. */
  email: string;
  status: "enabled" | "disabled";
  lastLogin: string | null;
}
