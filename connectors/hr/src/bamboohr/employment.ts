import type { Employee, EmploymentRow, JobRow } from "./bamboohr-models.ts";

export interface EmploymentRules {
  /** The employment status of those who have left. */
  terminatedStatus: string;
  /** `YYYY-MM-DD`, where the company is. */
  today: string;
}

/** The day that it is in a time zone: `2026-03-31`. */
export function dayIn(timeZone: string, now: Date = new Date()): string {
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(now);
}

/**
 * Whoever BambooHR calls inactive is, and so is whoever is terminated by the row in effect: BambooHR may be late to draw
 * the conclusion. All others are active, also those on leave and those who are still to come.
 */
export function toStatus(
  status: Employee["values"]["status"],
  rows: readonly EmploymentRow[],
  { terminatedStatus, today }: EmploymentRules,
): "active" | "inactive" {
  const isTerminated = rowInEffect(rows, today)?.employmentStatus === terminatedStatus;
  return status === "Inactive" || isTerminated ? "inactive" : "active";
}

/** The last row that has begun, and of one day the one that was added last. A row without a date has not begun. */
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
