import type { BambooCompany } from "./bamboo-company.ts";
import type { BambooEmployeeRow, EmploymentStatusRow, JobInfoRow, ListName, OptionRow } from "./state.ts";

export const TERMINATED = "Terminated";

/** An employee together with those rows of the tables that hold on a day. */
export class EmployeeView {
  readonly company: BambooCompany;
  readonly employee: BambooEmployeeRow;
  readonly job: JobInfoRow | undefined;
  readonly employment: EmploymentStatusRow | undefined;

  /** With `onlyCurrent` as of today, without it as it will be. */
  constructor(company: BambooCompany, employee: BambooEmployeeRow, onlyCurrent = true) {
    const day = onlyCurrent ? company.today() : undefined;
    this.company = company;
    this.employee = employee;
    this.job = company.jobInfo.rowOf(employee.id, day);
    this.employment = company.employmentStatus.rowOf(employee.id, day);
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

  /** Somebody who has not begun, by the date of hire or by the first row of the employment statuses. */
  get isFuture(): boolean {
    const { company, employee } = this;
    const today = company.today();
    if ((employee.hireDate ?? "") > today) return true;
    const rows = company.employmentStatus.rowsOf(employee.id);
    return rows.length > 0 && rows.every(({ date }) => date > today);
  }
}
