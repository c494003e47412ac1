import { type Cell, toCsv } from "../components/csv.ts";
import type { ExportFormat } from "../components/export-buttons.tsx";
import type { Window } from "./read.ts";

// A browser holds what it saves in memory.
const MOST = 50_000;

/** What a column of an exported table is called, and what it holds. */
export type ExportColumns<Row> = Readonly<Record<string, (row: Row) => Cell>>;

/** All rows of a list, window by window, as a file. */
export async function collect<Row>(
  readWindow: (cursor: string | undefined) => Promise<Window<Row>>,
  columns: ExportColumns<Row>,
  format: ExportFormat,
): Promise<Blob> {
  const rows: Row[] = [];
  for (let cursor: string | undefined; ;) {
    const window = await readWindow(cursor);
    rows.push(...window.rows);
    if (rows.length > MOST) throw new Error(`The list has more than ${MOST} rows.`);
    cursor = window.next;
    if (cursor === undefined) break;
  }
  if (format === "json")
    return new Blob(
      rows.map((row) => `${JSON.stringify(row)}\n`),
      { type: "application/x-ndjson" },
    );
  const table = [Object.keys(columns), ...rows.map((row) => Object.values(columns).map((of) => of(row)))];
  return new Blob([toCsv(table)], { type: "text/csv" });
}
