import type { Access } from "./access.ts";
import type { BambooCompany, TableName } from "./bamboo-company.ts";

/** The rows of one of an employee's tables, without those fields that the key does not see. */
export function toRows(
  { company, access }: { company: BambooCompany; access: Access },
  table: TableName,
  employeeId: number,
): Record<string, string | null>[] {
  const shown = (permission: string, values: Record<string, string | null>) =>
    access.hiddenFields.has(permission) ? {} : values;
  const base = ({ id, date }: { id: number; date: string }) => ({
    id: String(id),
    employeeId: String(employeeId),
    date,
  });
  if (table === "employmentStatus")
    return company.employmentStatus.rowsOf(employeeId).map((row) => ({
      ...base(row),
      ...shown("employmentHistoryStatus", {
        employmentStatus: company.option("employmentHistoryStatus", row.employmentStatus)?.name ?? null,
        comment: row.comment,
      }),
    }));
  return company.jobInfo.rowsOf(employeeId).map((row) => {
    const supervisor = company.employees.get(row.reportsTo ?? 0);
    const lists = (["jobTitle", "department", "division", "location"] as const).map((list) =>
      shown(list, { [list]: company.option(list, row[list])?.name ?? null }),
    );
    const name = supervisor ? `${supervisor.firstName} ${supervisor.lastName}` : null;
    return Object.assign(base(row), ...lists, shown("supervisor", { reportsTo: name }));
  });
}
