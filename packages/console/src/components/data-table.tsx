import { createColumnHelper, tableFeatures, useTable, type ColumnDef, type RowData } from "@tanstack/react-table";
import { useMemo, useRef, type KeyboardEvent, type ReactNode } from "react";
import { classNames } from "./class-names.ts";

const features = tableFeatures({});

const HEAD_CELL =
  "z-2 h-8 md:sticky md:top-(--stick) border-b border-line bg-ground px-2 text-left text-xs font-medium whitespace-nowrap text-soft first:pl-0 last:pr-0";

/** How a column looks. */
interface ColumnLook {
  isNumber?: boolean;
  /** Where the table has less room than so much of a window leaves it, the column is not shown. */
  hideBelow?: keyof typeof HIDDEN;
  /** A class name that sets the width. */
  width?: string;
}

/** One long value must not take the room of all other columns, nor may they squeeze a column to letters. */
const SHARED = "min-w-20 max-w-88";

const HIDDEN = {
  xs: "hidden @min-[27rem]:table-cell",
  sm: "hidden @min-[33rem]:table-cell",
  md: "hidden @min-[40rem]:table-cell",
  lg: "hidden @min-[47rem]:table-cell",
  xl: "hidden @min-[62rem]:table-cell",
};

export interface Column<Row extends RowData> extends ColumnLook {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
}

/** A box in front of each row, by which rows are chosen; Space does the same for the row that has the focus. */
export interface RowChoice<Row extends RowData> {
  /** Over the boxes. */
  header: ReactNode;
  isChosen: (row: Row) => boolean;
  /** What the box of a row is called. */
  nameOf: (row: Row) => string;
  toggle: (row: Row) => void;
  /** Whether a row has a box; all have one by default. */
  mayChoose?: (row: Row) => boolean;
}

interface DataTableProps<Row extends RowData> {
  /** What the table lists, for who can't see it. */
  label: string;
  /** Made once: a new array renders every row again. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Of the whole list, where known. */
  rowCount?: number;
  /** Of the first row in the whole list. */
  firstIndex?: number;
  isSelected?: (row: Row) => boolean;
  choice?: RowChoice<Row> | undefined;
}

/** A table whose rows are walked by arrow keys: the first link or button of each row is its target. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, rowCount, firstIndex = 0, isSelected, choice } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const looks = new Map<string, ColumnLook>(columns.map((column) => [column.id, column]));
  // A cell of another definition is mounted anew, and a dialog that it has open is gone.
  const definitions = useMemo(() => toDefinitions(columns), [columns]);
  const table = useTable({ features, columns: definitions, data: rows, getRowId: rowId });
  return (
    <div className="@container max-md:overflow-x-auto" data-table>
      <table
        className="w-full border-collapse text-sm wrap-break-word"
        aria-label={label}
        aria-rowcount={rowCount ?? -1}
      >
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} aria-rowindex={1}>
              {choice && (
                <th scope="col" className={classNames(HEAD_CELL, "w-8")}>
                  {choice.header}
                </th>
              )}
              {group.headers.map((header) => (
                <th
                  key={header.id}
                  scope="col"
                  className={classNames(HEAD_CELL, ...toClasses(looks.get(header.column.id)))}
                >
                  <table.FlexRender header={header} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody ref={body} onKeyDown={(event) => moveFocus(event, body.current)}>
          {table.getRowModel().rows.map((row, index) => (
            <tr
              key={row.id}
              aria-rowindex={firstIndex + index + 2}
              aria-selected={isSelected?.(row.original)}
              onKeyDown={choice && ((event) => chooseBySpace(event, row.original, choice))}
              className={classNames(
                "group relative h-(--row) border-b border-line transition-colors hover:bg-hover aria-selected:bg-selected has-[[data-detail][aria-current]]:bg-selected",
                choice?.isChosen(row.original) && "bg-selected",
              )}
            >
              {choice && (
                <td className="w-8 py-1 pr-2 pl-0">
                  <ChoiceBox choice={choice} row={row.original} />
                </td>
              )}
              {row.getAllCells().map((cell) => (
                <td
                  key={cell.id}
                  className={classNames("px-2 py-1 first:pl-0 last:pr-0", ...toClasses(looks.get(cell.column.id)))}
                >
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ChoiceBox<Row extends RowData>({ choice, row }: { choice: RowChoice<Row>; row: Row }) {
  const { isChosen, nameOf, toggle, mayChoose } = choice;
  if (mayChoose?.(row) === false) return null;
  return (
    <label className="relative z-1 -m-2 flex size-8 items-center p-2">
      <input
        type="checkbox"
        checked={isChosen(row)}
        onChange={() => toggle(row)}
        aria-label={nameOf(row)}
        className="block size-3.5 accent-accent-solid"
      />
    </label>
  );
}

function chooseBySpace<Row extends RowData>(
  event: KeyboardEvent,
  row: Row,
  { toggle, mayChoose }: RowChoice<Row>,
): void {
  const isOnLink = event.target instanceof HTMLAnchorElement && event.target.classList.contains("row-target");
  if (event.key !== " " || !isOnLink) return;
  // Space would scroll the page.
  event.preventDefault();
  if (mayChoose?.(row) !== false) toggle(row);
}

function toDefinitions<Row extends RowData>(columns: readonly Column<Row>[]): ColumnDef<typeof features, Row>[] {
  const helper = createColumnHelper<typeof features, Row>();
  return columns.map(({ id, header, cell }) => helper.display({ id, header, cell: ({ row }) => cell(row.original) }));
}

function toClasses(look: ColumnLook = {}): (string | undefined)[] {
  return [
    look.isNumber ? "text-right" : undefined,
    look.hideBelow === undefined ? undefined : HIDDEN[look.hideBelow],
    look.width ?? SHARED,
  ];
}

const STEPS: Record<string, (index: number, count: number) => number> = {
  ArrowDown: (index, count) => Math.min(index + 1, count - 1),
  ArrowUp: (index) => Math.max(index - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
};

function moveFocus(event: KeyboardEvent, body: HTMLElement | null): void {
  const step = STEPS[event.key];
  if (step === undefined || body === null || isTextField(event.target)) return;
  const targets = [...body.querySelectorAll<HTMLElement>("tr .row-target")];
  const row = (event.target as HTMLElement).closest("tr");
  const index = targets.findIndex((target) => target.closest("tr") === row);
  const next = targets[step(index, targets.length)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
  next.closest("tr")?.scrollIntoView({ block: "nearest" });
}

function isTextField(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && target.type !== "checkbox";
}
