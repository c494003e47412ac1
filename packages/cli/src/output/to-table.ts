import stringWidth from "string-width";
import cliTruncate from "cli-truncate";
import { toPlain } from "./to-plain.ts";

export interface TableOptions {
  /** Width of the terminal; if absent, nothing is shortened. */
  width?: number | undefined;
  /** Titles of the columns to shorten if the table is wider. */
  shrink?: readonly string[];
}

const GAP = "  ";
const NARROWEST = 8;

/** Aligns rows under their column titles, with control characters removed. */
export function toTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  { width, shrink = [] }: TableOptions = {},
): string {
  const lines = [columns, ...rows.map((row) => row.map(toPlain))];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => stringWidth(line[column] ?? ""))));
  if (width !== undefined) narrow(widths, columns, { width, shrink });
  return lines
    .map((line) =>
      line
        .map((cell, column) => fit(cell, widths[column] ?? 0))
        .join(GAP)
        .trimEnd(),
    )
    .join("\n");
}

/** Shortens the widest of the shrinking columns until the table fits or none can shrink further. */
function narrow(
  widths: number[],
  columns: readonly string[],
  { width, shrink }: { width: number; shrink: readonly string[] },
) {
  const candidates = columns.flatMap((title, column) => (shrink.includes(title) ? [column] : []));
  const total = () => widths.reduce((sum, one) => sum + one, (widths.length - 1) * GAP.length);
  while (total() > width) {
    const widest = candidates.reduce((a, b) => (widths[b]! > widths[a]! ? b : a), candidates[0] ?? -1);
    if (widest === -1 || widths[widest]! <= NARROWEST) return;
    widths[widest]!--;
  }
}

function fit(cell: string, width: number): string {
  const text = stringWidth(cell) > width ? cliTruncate(cell, width) : cell;
  return text + " ".repeat(Math.max(0, width - stringWidth(text)));
}
