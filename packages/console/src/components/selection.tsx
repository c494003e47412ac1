import { useState } from "react";
import type { RowData } from "@tanstack/react-table";
import type { RowChoice } from "./data-table.tsx";

/** Rows that somebody chose, over all windows of a list that they looked at. */
export interface Selection<Row extends RowData> {
  rows: readonly Row[];
  /** For a list whose window has these rows. */
  toChoice: (shown: readonly Row[], nameOf: (row: Row) => string) => RowChoice<Row>;
  clear: () => void;
}

/** Starts anew when the list is another one, by its name. */
export function useSelection<Row extends RowData>(list: string, rowId: (row: Row) => string): Selection<Row> {
  const [state, setState] = useState<{ list: string; chosen: ReadonlyMap<string, Row> }>({ list, chosen: new Map() });
  const chosen: ReadonlyMap<string, Row> = state.list === list ? state.chosen : new Map();
  const set = (next: ReadonlyMap<string, Row>) => setState({ list, chosen: next });

  function toggle(row: Row): void {
    const next = new Map(chosen);
    if (!next.delete(rowId(row))) next.set(rowId(row), row);
    set(next);
  }

  return {
    rows: [...chosen.values()],
    clear: () => set(new Map()),
    toChoice(shown, nameOf) {
      const isWhole = shown.every((row) => chosen.has(rowId(row)));
      const toggleAll = () => {
        const next = new Map(chosen);
        for (const row of shown)
          if (isWhole) next.delete(rowId(row));
          else next.set(rowId(row), row);
        set(next);
      };
      return {
        header: (
          <input
            type="checkbox"
            aria-label="Select all rows of this page"
            checked={isWhole}
            onChange={toggleAll}
            className="block size-3.5 accent-accent-solid"
          />
        ),
        isChosen: (row) => chosen.has(rowId(row)),
        nameOf,
        toggle,
      };
    },
  };
}
