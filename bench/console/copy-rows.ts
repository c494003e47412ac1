import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";

type Value = string | number | boolean | Date | null | object;

/** Rows of a table by the names of their columns, which are those of the first row. */
export type Row = Readonly<Record<string, Value>>;

const CHUNK_ROWS = 500;

/** Writes rows by COPY; returns how many. */
export async function copyRows(client: Client, table: string, rows: Iterable<Row>): Promise<number> {
  const iterator = rows[Symbol.iterator]();
  const first = iterator.next();
  if (first.done) return 0;
  const columns = Object.keys(first.value);
  let count = 0;
  function* chunks() {
    let lines: string[] = [];
    for (let next: IteratorResult<Row> = first; !next.done; next = iterator.next()) {
      const row = next.value;
      lines.push(`${columns.map((column) => toText(row[column]!)).join("\t")}\n`);
      count++;
      if (lines.length === CHUNK_ROWS) {
        yield lines.join("");
        lines = [];
      }
    }
    yield lines.join("");
  }
  await pipeline(Readable.from(chunks()), client.query(copyFrom(`copy ${table} (${columns.join(", ")}) from stdin`)));
  return count;
}

function toText(value: Value): string {
  if (value === null) return String.raw`\N`;
  if (value instanceof Date) return value.toISOString();
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", String.raw`\n`)
    .replaceAll("\t", String.raw`\t`);
}
