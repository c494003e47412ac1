import type { UseQueryResult } from "@tanstack/react-query";
import type { RowData } from "@tanstack/react-table";
import type { ReactNode } from "react";
import type { Window } from "../api/read.ts";
import { type Column, DataTable, type RowChoice } from "./data-table.tsx";
import { EmptyNote } from "./empty-note.tsx";
import { ErrorNote } from "./error-note.tsx";
import { Pager } from "./pager.tsx";
import { SkeletonRows } from "./skeleton.tsx";

interface ListViewProps<Row extends RowData> {
  /** What is listed: `Changes`. */
  label: string;
  query: UseQueryResult<Window<Row>>;
  columns: readonly Column<Row>[];
  rowId: (row: Row) => string;
  /** What stands in place of no rows, if there are none further on either. */
  empty: ReactNode;
  isSelected?: (row: Row) => boolean;
  choice?: RowChoice<Row> | undefined;
}

/** A window on a list that the Bridge keeps, with what stands in its place while it is read, empty or not to be read. */
export function ListView<Row extends RowData>(props: ListViewProps<Row>) {
  const { label, query, columns, rowId, empty, isSelected, choice } = props;
  const { data, error, refetch, isPlaceholderData } = query;
  if (data === undefined) {
    if (error === null) return <SkeletonRows />;
    return <ErrorNote error={error} title={`${label} could not be read.`} onRetry={() => void refetch()} />;
  }
  return (
    <div
      className={isPlaceholderData ? "opacity-60 transition-opacity" : "transition-opacity"}
      aria-busy={isPlaceholderData}
    >
      {data.rows.length === 0 ? (
        toEmpty(data, empty)
      ) : (
        <DataTable
          label={label}
          columns={columns}
          rows={data.rows}
          rowId={rowId}
          choice={choice}
          {...(isSelected && { isSelected })}
        />
      )}
      <Pager next={data.next} />
    </div>
  );
}

/** With a filter the Bridge looks at a limited number of rows for a page: none of them may fit, and later ones may. */
function toEmpty({ next }: Window<unknown>, empty: ReactNode): ReactNode {
  if (next === undefined) return empty;
  return <EmptyNote>Nothing that was looked at fits the filter. The next page looks further.</EmptyNote>;
}
