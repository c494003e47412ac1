import type { CommandIo } from "../command-io.ts";
import { toJsonLine, toPlain } from "./to-plain.ts";
import { toTable } from "./to-table.ts";

/** Value of a cell; empty values are shown as `-`. */
export type Cell = string | number | null | undefined;

export interface Column<Row> {
  title: string;
  of: (row: Row) => Cell;
  /** Whether to shorten it if the table is wider than the terminal. */
  shrinks?: boolean;
}

export interface PrintOptions {
  json?: boolean | undefined;
  /** Maximum number of rows; defaults to all as JSON and 100 in a table. */
  limit?: number | undefined;
}

const TABLE_ROWS = 100;

/** Prints a list: a table, or one JSON object per line as the Bridge returned it. */
export async function printRows<Row>(
  rows: Iterable<Row> | AsyncIterable<Row>,
  columns: readonly Column<Row>[],
  { json, limit = json ? Infinity : TABLE_ROWS }: PrintOptions,
  io: CommandIo,
): Promise<void> {
  const shown: Row[] = [];
  let hasMore = false;
  let count = 0;
  for await (const row of rows) {
    if (++count > limit) {
      hasMore = true;
      break;
    }
    if (json) io.print(toJsonLine(row));
    else shown.push(row);
  }
  if (json) return;
  if (shown.length === 0) return io.warn("No results.");
  const titles = columns.map(({ title }) => title);
  const cells = shown.map((row) => columns.map(({ of }) => toText(of(row))));
  const shrink = columns.filter(({ shrinks }) => shrinks).map(({ title }) => title);
  io.print(toTable(titles, cells, { width: io.columns, shrink }));
  if (hasMore) io.warn(`Showing the first ${limit}; use --limit ${limit * 10} for more or --json for all.`);
}

/** Columns of a list of all apps: the name of the app, and those of what a row holds beside it. */
export function withApp<Row extends { app_name: string }, Held>(
  columns: readonly Column<Held>[],
  heldBy: (row: Row) => Held,
): readonly Column<Row>[] {
  return [
    { title: "app", of: ({ app_name }) => app_name, shrinks: true },
    ...columns.map(({ title, of, shrinks = false }) => ({ title, of: (row: Row) => of(heldBy(row)), shrinks })),
  ];
}

/** Prints one object: a line per field that has a value, or JSON on one line as the Bridge returned it. */
export function printFields(
  thing: object,
  fields: readonly (readonly [label: string, value: Cell])[],
  { json }: { json?: boolean | undefined },
  io: CommandIo,
): void {
  if (json) return io.print(toJsonLine(thing));
  const shown = fields.filter(([, value]) => value !== undefined && value !== null && value !== "");
  const width = Math.max(0, ...shown.map(([label]) => label.length));
  for (const [label, value] of shown) io.print(`${label.padEnd(width)}  ${toPlain(String(value))}`);
}

/** `2026-11-28 06:03`, in UTC. */
export function toMoment(time: string | Date | null | undefined): string | undefined {
  if (time === null || time === undefined) return undefined;
  return new Date(time).toISOString().slice(0, 16).replace("T", " ");
}

function toText(cell: Cell): string {
  return cell === undefined || cell === null || cell === "" ? "-" : String(cell);
}
