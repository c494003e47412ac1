import { badList, badPage } from "./bamboo-error.ts";

export interface PageRequest {
  limit: number;
  after: string | undefined;
  before: string | undefined;
}

export interface Page<Row> {
  rows: Row[];
  nextCursor: string | null;
  prevCursor: string | null;
}

const MAX_LIMIT = 2500;
const DEFAULT_LIMIT = 250;

export function readPage(query: URLSearchParams): PageRequest {
  const limit = Number(query.get("page[limit]") ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw badList(`page[limit] must be a whole number from 1 to ${MAX_LIMIT}`);
  const [after, before] = [query.get("page[after]") ?? undefined, query.get("page[before]") ?? undefined];
  if (after !== undefined && before !== undefined) throw badList("page[after] and page[before] exclude each other");
  return { limit, after, before };
}

/**
 * Returns a page of a list. A cursor names the employee at its edge, so nobody is skipped or repeated when people come and go,
 * and it is invalid once that employee is no longer in the list.
 */
export function takePage<Row extends { id: number }>(
  list: readonly Row[],
  { limit, after, before }: PageRequest,
  pageSize: number,
): Page<Row> {
  const size = Math.min(limit, pageSize);
  const [start, end] =
    before === undefined
      ? startingAt(after === undefined ? 0 : indexOf(list, "after", after) + 1, size)
      : endingAt(indexOf(list, "before", before), size);
  const rows = list.slice(start, end);
  return {
    rows,
    nextCursor: rows.length > 0 && end < list.length ? toCursor("after", rows.at(-1)!.id) : null,
    prevCursor: rows.length > 0 && start > 0 ? toCursor("before", rows[0]!.id) : null,
  };
}

const startingAt = (start: number, size: number) => [start, start + size] as const;
const endingAt = (end: number, size: number) => [Math.max(0, end - size), end] as const;

type Direction = "after" | "before";

function toCursor(direction: Direction, id: number): string {
  return Buffer.from(JSON.stringify({ cursor: `${direction}-${id}` })).toString("base64");
}

function indexOf(list: readonly { id: number }[], direction: Direction, cursor: string): number {
  const [, found, id] = /^\{"cursor":"(after|before)-(\d+)"\}$/.exec(Buffer.from(cursor, "base64").toString()) ?? [];
  if (found === undefined) throw badPage("The page cursor is malformed");
  if (found !== direction) throw badPage("The page cursor is for the other direction");
  const index = list.findIndex((row) => row.id === Number(id));
  if (index === -1) throw badPage("The employee at the page's boundary has changed");
  return index;
}
