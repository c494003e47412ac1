import type { BambooCompany, JobFields } from "./bamboo-company.ts";
import { NO_DATE } from "./history.ts";

/**
 * Updates the table of jobs when an employee's department is written: adds a row of today with the other values kept, unless
 * there is a row of today or the first row is in the future.
 */
export function changeJob(company: BambooCompany, employeeId: number, fields: Partial<JobFields>): void {
  const today = company.today();
  const current = company.jobInfo.rowOf(employeeId, today) ?? company.jobInfo.rowOf(employeeId);
  if (current && current.date >= today) {
    Object.assign(current, fields);
    company.updateEmployee(employeeId, {});
    return;
  }
  company.addJobInfo(employeeId, current ? today : firstDay(company, employeeId), { ...current, ...fields });
}

/** The same for the employment status. */
export function setEmploymentStatus(company: BambooCompany, employeeId: number, status: number | null): void {
  const isFirst = company.employmentStatus.rowsOf(employeeId).length === 0;
  company.addEmploymentStatus(employeeId, isFirst ? firstDay(company, employeeId) : company.today(), status);
}

/** The first row has the date of hire. */
function firstDay(company: BambooCompany, employeeId: number): string {
  return company.employee(employeeId).hireDate ?? NO_DATE;
}
