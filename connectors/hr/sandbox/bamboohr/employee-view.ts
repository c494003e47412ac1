import type { BambooCompany } from "./bamboo-company.ts";
import type { BambooEmployeeRow, EmploymentStatusRow, JobInfoRow, ListName, OptionRow } from "./state.ts";

export const TERMINATED = "Terminated";

/** An employee as of today with `onlyCurrent`, otherwise with all future rows in effect. */
export class EmployeeView {
  readonly company: BambooCompany;
  readonly employee: BambooEmployeeRow;
  readonly #onlyCurrent: boolean;

  constructor(company: BambooCompany, employee: BambooEmployeeRow, onlyCurrent = true) {
    this.company = company;
    this.employee = employee;
    this.#onlyCurrent = onlyCurrent;
  }

  get #day(): string | undefined {
    return this.#onlyCurrent ? this.company.today() : undefined;
  }

  get job(): JobInfoRow | undefined {
    return this.company.jobInfo.rowOf(this.employee.id, this.#day);
  }

  get employment(): EmploymentStatusRow | undefined {
    return this.company.employmentStatus.rowOf(this.employee.id, this.#day);
  }

  option(list: ListName): OptionRow | undefined {
    const id = list === "employmentHistoryStatus" ? this.employment?.employmentStatus : this.job?.[list];
    return this.company.option(list, id);
  }

  get isTerminated(): boolean {
    return this.option("employmentHistoryStatus")?.name === TERMINATED;
  }

  get status(): "Active" | "Inactive" {
    return this.employee.status ?? (this.isTerminated ? "Inactive" : "Active");
  }

  get terminationDate(): string | null {
    return this.isTerminated ? (this.employment?.date ?? null) : null;
  }

  get supervisor(): BambooEmployeeRow | undefined {
    return this.company.employees.get(this.job?.reportsTo ?? 0);
  }

  /** Whether an employee starts in the future, by the date of hire or the first row of the employment statuses. */
  get isFuture(): boolean {
    const { company, employee } = this;
    const today = company.today();
    if ((employee.hireDate ?? "") > today) return true;
    const rows = company.employmentStatus.rowsOf(employee.id);
    return rows.length > 0 && rows.every(({ date }) => date > today);
  }
}
