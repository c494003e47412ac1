/** A cell of a table; nothing is an empty one. */
export type Cell = string | number | null | undefined;

/** What a spreadsheet would take for a formula; the Bridge judges its own exports alike. */
const IS_FORMULA = /^[\s\p{Cf}]*[=+\-@\t\r|＝＋－＠]/u;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** A table as RFC 4180 has it, marked as UTF-8. A text that a spreadsheet would execute gets an apostrophe before it. */
export function toCsv(rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${rows.map((cells) => `${cells.map(toCsvCell).join(",")}\r\n`).join("")}`;
}

function toCsvCell(value: Cell): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = IS_FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const CELL = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/gy;

/** The same table with tabs, as spreadsheets take it from the clipboard; what would break a cell becomes a space. */
export function toTabs(csv: string): string {
  const text = csv.replace(/^\uFEFF/, "");
  let tabs = "";
  for (const [, quoted, plain = "", end = ""] of text.matchAll(CELL)) {
    const cell = quoted === undefined ? plain : quoted.replaceAll('""', '"').replaceAll(/[\t\r\n]+/g, " ");
    tabs += cell + (end === "," ? "\t" : end === "" ? "" : "\n");
    if (end === "") break;
  }
  return tabs;
}
