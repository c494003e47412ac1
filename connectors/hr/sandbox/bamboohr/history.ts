export const NO_DATE = "0000-00-00";

interface Dated {
  id: number;
  date: string;
}

/** Returns the row in effect on a day: the latest, and of the same day the one added last. */
export function rowOn<Row extends Dated>(rows: readonly Row[], day: string): Row | undefined {
  return lastRow(rows.filter(({ date }) => date <= day));
}

/** Returns the last row, including future ones. */
export function lastRow<Row extends Dated>(rows: readonly Row[]): Row | undefined {
  let last: Row | undefined;
  for (const row of rows) if (!last || row.date > last.date || (row.date === last.date && row.id > last.id)) last = row;
  return last;
}
