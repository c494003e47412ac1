import type { Access } from "./access.ts";
import type { BambooCompany, TableName } from "./bamboo-company.ts";
import type { EmploymentStatusRow, JobInfoRow } from "./state.ts";

type Shown = Record<string, string | null>;

/** Returns the rows of an employee's table without hidden fields. */
export function toRows(
  { company, access }: { company: BambooCompany; access: Access },
  table: TableName,
  employeeId: number,
): Shown[] {
  if (table === "jobInfo") return company.jobInfo.rowsOf(employeeId).map((row) => toJobRow(company, row, access));
  return company.employmentStatus.rowsOf(employeeId).map((row) => toStatusRow(company, row, access));
}

function toStatusRow(company: BambooCompany, row: EmploymentStatusRow, access: Access): Shown {
  const shown = toBase(row);
  if (access.hides("employmentStatus")) return shown;
  shown["employmentStatus"] = company.option("employmentHistoryStatus", row.employmentStatus)?.name ?? null;
  shown["comment"] = row.comment;
  return shown;
}

function toJobRow(company: BambooCompany, row: JobInfoRow, access: Access): Shown {
  const shown = toBase(row);
  for (const list of ["jobTitle", "department", "division", "location"] as const)
    if (!access.hides(list)) shown[list] = company.option(list, row[list])?.name ?? null;
  const supervisor = company.employees.get(row.reportsTo ?? 0);
  if (!access.hides("reportsTo"))
    shown["reportsTo"] = supervisor ? `${supervisor.firstName} ${supervisor.lastName}` : null;
  return shown;
}

function toBase({ id, employeeId, date }: JobInfoRow | EmploymentStatusRow): Shown {
  return { id: String(id), employeeId: String(employeeId), date };
}
