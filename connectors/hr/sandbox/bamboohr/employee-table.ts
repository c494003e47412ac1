import { lastRow, rowOn } from "./history.ts";

/** A table of all employees, such as their jobs over time. */
export class EmployeeTable<Row extends { id: number; employeeId: number; date: string }> {
  readonly #rows = new Map<number, Row[]>();

  constructor(rows: readonly Row[]) {
    for (const row of rows) this.add(row);
  }

  rows(): Row[] {
    return [...this.#rows.values()].flat();
  }

  rowsOf(employeeId: number): readonly Row[] {
    return this.#rows.get(employeeId) ?? [];
  }

  /** Returns the row in effect on a day; without a day, the last row. */
  rowOf(employeeId: number, day?: string): Row | undefined {
    const rows = this.rowsOf(employeeId);
    return day === undefined ? lastRow(rows) : rowOn(rows, day);
  }

  add(row: Row): void {
    const rows = this.#rows.get(row.employeeId);
    if (rows) rows.push(row);
    else this.#rows.set(row.employeeId, [row]);
  }

  removeOf(employeeId: number): void {
    this.#rows.delete(employeeId);
  }
}
