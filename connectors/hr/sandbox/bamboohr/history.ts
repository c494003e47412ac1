export const NO_DATE = "0000-00-00";

interface Dated {
  id: number;
  date: string;
}

/** The row in effect on a day: the last that has begun, and of one day the one that was added last. */
export function rowOn<Row extends Dated>(rows: readonly Row[], day: string): Row | undefined {
  return lastRow(rows.filter(({ date }) => date <= day));
}

/** The row that will be in effect once all of them have begun. */
export function lastRow<Row extends Dated>(rows: readonly Row[]): Row | undefined {
  let last: Row | undefined;
  for (const row of rows) if (!last || row.date > last.date || (row.date === last.date && row.id > last.id)) last = row;
  return last;
}
