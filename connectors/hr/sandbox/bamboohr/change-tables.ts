import type { BambooCompany, JobFields } from "./bamboo-company.ts";
import { NO_DATE } from "./history.ts";

/**
 * What writing an employee's department does to the table of jobs: a new row of today with the rest as it was; no new
 * one where the row is of today, or where the first one is still to come.
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

/** Somebody's first row is of the day of hire. */
function firstDay(company: BambooCompany, employeeId: number): string {
  return company.employee(employeeId).hireDate ?? NO_DATE;
}
