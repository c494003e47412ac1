import type { Employee, EmploymentRow, JobRow } from "./bamboohr-models.ts";

export interface EmploymentRules {
  /** The employment status of people who have left. */
  terminatedStatus: string;
  /** `YYYY-MM-DD`, in the company's time zone. */
  today: string;
}

/** The current date in a time zone: `2026-03-31`. */
export function dayIn(timeZone: string, now: Date = new Date()): string {
  // The Swedish format is ISO 8601.
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(now);
}

/**
 * An employee is inactive if BambooHR says so or the row in effect is a termination, since BambooHR may update the status late.
 * All others are active, including people on leave and future employees.
 */
export function toStatus(
  status: Employee["values"]["status"],
  rows: readonly EmploymentRow[],
  { terminatedStatus, today }: EmploymentRules,
): "active" | "inactive" {
  const isTerminated = rowInEffect(rows, today)?.employmentStatus === terminatedStatus;
  return status === "Inactive" || isTerminated ? "inactive" : "active";
}

/** Returns the latest row in effect; of the same day, the one added last. A row without a date is not in effect. */
export function rowInEffect<Row extends JobRow>(rows: readonly Row[], today: string): Row | undefined {
  return rows
    .filter(({ date }) => date !== null && date > NO_DATE && date <= today)
    .toSorted((a, b) => compare(a.date!, b.date!) || Number(a.id) - Number(b.id))
    .at(-1);
}

const NO_DATE = "0000-00-00";

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
