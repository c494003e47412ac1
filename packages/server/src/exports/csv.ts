/** A cell of a table; nothing is an empty one. */
export type Cell = string | number | boolean | null | undefined;

/** What a spreadsheet would take for a formula. */
const IS_FORMULA = /^[\s\p{Cf}]*[=+\-@\t\r|＝＋－＠]/u;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** A row as RFC 4180 has it. A text that a spreadsheet would execute gets an apostrophe before it. */
export function toCsvRow(cells: readonly Cell[]): string {
  return `${cells.map(toCsvCell).join(",")}\r\n`;
}

function toCsvCell(value: Cell): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const text = IS_FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
