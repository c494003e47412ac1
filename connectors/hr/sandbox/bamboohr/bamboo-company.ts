import { noSuchEmployee } from "./bamboo-error.ts";
import { EmployeeTable } from "./employee-table.ts";
import type {
  BambooEmployeeRow,
  BambooState,
  BambooUserRow,
  EmploymentStatusRow,
  JobInfoRow,
  ListName,
  OptionRow,
} from "./state.ts";

export type TableName = "jobInfo" | "employmentStatus";

/** Values of a new employee; everything else starts empty. */
export type PersonFields = Omit<BambooEmployeeRow, "id" | "insertedAt" | "changedAt">;
export type JobFields = Omit<JobInfoRow, "id" | "employeeId" | "date">;

const NOBODY: PersonFields = {
  firstName: "",
  lastName: "",
  middleName: null,
  preferredName: null,
  workEmail: null,
  homeEmail: null,
  workPhone: null,
  mobilePhone: null,
  hireDate: null,
  status: null,
};
const NO_JOB: JobFields = { jobTitle: null, department: null, division: null, location: null, reportsTo: null };

/** A company's people with their tables; records every change. */
export class BambooCompany {
  readonly employees: Map<number, BambooEmployeeRow>;
  readonly jobInfo: EmployeeTable<JobInfoRow>;
  readonly employmentStatus: EmployeeTable<EmploymentStatusRow>;
  readonly lists: Record<ListName, OptionRow[]>;
  readonly users: BambooUserRow[];
  /** By the id of the deleted employee. */
  readonly deletions: Map<number, string>;
  readonly #nextIds: BambooState["nextIds"];
  readonly #now: () => Date;
  /** Formats a time as `YYYY-MM-DD`, the Swedish format. */
  readonly #toDay: Intl.DateTimeFormat;
  #known: { minute: number; day: string } | undefined;

  /** Days begin in the company's time zone, such as `Europe/Zurich`. */
  constructor(state: BambooState, { now, timeZone }: { now: () => Date; timeZone: string }) {
    this.employees = new Map(state.employees.map((employee) => [employee.id, { ...employee }]));
    this.jobInfo = new EmployeeTable(copies(state.jobInfo));
    this.employmentStatus = new EmployeeTable(copies(state.employmentStatus));
    this.lists = copyLists(state.lists);
    this.users = copies(state.users);
    this.deletions = new Map(state.deletions.map(({ id, deletedAt }) => [id, deletedAt]));
    this.#nextIds = { ...state.nextIds };
    this.#now = now;
    this.#toDay = new Intl.DateTimeFormat("sv-SE", { timeZone });
  }

  snapshot(): BambooState {
    return structuredClone({
      employees: [...this.employees.values()],
      jobInfo: this.jobInfo.rows(),
      employmentStatus: this.employmentStatus.rows(),
      lists: this.lists,
      users: this.users,
      deletions: Array.from(this.deletions, ([id, deletedAt]) => ({ id, deletedAt })),
      nextIds: this.#nextIds,
    });
  }

  /** Formats a time as BambooHR does, to the second. */
  timestamp(): string {
    return `${this.#now().toISOString().slice(0, 19)}+00:00`;
  }

  today(): string {
    const now = this.#now();
    // Cached by minute, since every employee asks for it and days begin on a whole minute.
    const minute = Math.floor(now.getTime() / 60_000);
    if (minute !== this.#known?.minute) this.#known = { minute, day: this.#toDay.format(now) };
    return this.#known.day;
  }

  employee(id: number): BambooEmployeeRow {
    const employee = this.employees.get(id);
    if (!employee) throw noSuchEmployee();
    return employee;
  }

  /** Finds an employee by work email, ignoring case. */
  withWorkEmail(address: string): BambooEmployeeRow | undefined {
    const wanted = address.toLowerCase();
    return this.employees.values().find(({ workEmail }) => workEmail?.toLowerCase() === wanted);
  }

  option(list: ListName, id: number | null | undefined): OptionRow | undefined {
    return id === null || id === undefined ? undefined : this.lists[list].find((option) => option.id === id);
  }

  optionNamed(list: ListName, name: string): OptionRow | undefined {
    return this.lists[list].find((option) => option.name === name && !option.isArchived);
  }

  addOption(list: ListName, name: string): OptionRow {
    const option = { id: this.#nextIds.option++, name, isArchived: false };
    this.lists[list].push(option);
    return option;
  }

  addEmployee(fields: Partial<PersonFields>): BambooEmployeeRow {
    const now = this.timestamp();
    const employee = { ...NOBODY, ...fields, id: this.#nextIds.employee++, insertedAt: now, changedAt: now };
    this.employees.set(employee.id, employee);
    return employee;
  }

  updateEmployee(id: number, fields: Partial<PersonFields>): void {
    Object.assign(this.employee(id), fields, { changedAt: this.timestamp() });
  }

  /** Keeps only the deletion in the list of changes. */
  deleteEmployee(id: number): void {
    this.employee(id);
    this.employees.delete(id);
    this.jobInfo.removeOf(id);
    this.employmentStatus.removeOf(id);
    this.deletions.set(id, this.timestamp());
  }

  addJobInfo(employeeId: number, date: string, fields: Partial<JobFields>): void {
    this.jobInfo.add({ ...NO_JOB, ...fields, id: this.#nextIds.row++, employeeId, date });
    this.updateEmployee(employeeId, {});
  }

  /** Overrides a status that was set by hand. */
  addEmploymentStatus(employeeId: number, date: string, status: number | null, comment: string | null = null): void {
    const id = this.#nextIds.row++;
    this.employmentStatus.add({ id, employeeId, date, employmentStatus: status, comment });
    this.updateEmployee(employeeId, { status: null });
  }
}

/** Rows are flat, and many tests generate thousands of employees. */
function copies<Row extends object>(rows: readonly Row[]): Row[] {
  return rows.map((row) => Object.assign({}, row));
}

function copyLists(lists: BambooState["lists"]): BambooState["lists"] {
  const entries = Object.entries(lists).map(([name, options]) => [name, copies(options)]);
  return Object.fromEntries(entries) as BambooState["lists"];
}
