import { badRequest } from "./jira-error.ts";

export interface Window {
  startAt: number;
  maxResults: number;
}

/** `startAt` and `maxResults` of a request, capped silently at the maximum. */
export function readWindow(url: URL, usual: number, maximum: number): Window {
  return {
    startAt: readCount(url, "startAt") ?? 0,
    maxResults: Math.min(readCount(url, "maxResults") ?? usual, maximum),
  };
}

/** A page with `isLast`, `total` and a link to the next one. */
export function toPage<Row, Item>(
  url: URL,
  rows: readonly Row[],
  { startAt, maxResults }: Window,
  toItem: (row: Row) => Item,
) {
  const values = rows.slice(startAt, startAt + maxResults).map(toItem);
  const isLast = startAt + values.length >= rows.length;
  return {
    self: link(url, startAt, maxResults),
    ...(!isLast && { nextPage: link(url, startAt + values.length, maxResults) }),
    maxResults,
    startAt,
    total: rows.length,
    isLast,
    values,
  };
}

function link(url: URL, startAt: number, maxResults: number): string {
  const page = new URL(url);
  page.searchParams.set("startAt", String(startAt));
  page.searchParams.set("maxResults", String(maxResults));
  return page.href;
}

function readCount(url: URL, name: string): number | undefined {
  const text = url.searchParams.get(name);
  if (text === null || text === "") return undefined;
  if (!/^\d{1,9}$/.test(text))
    throw badRequest(`The ${name} parameter must be a number that is not negative: '${text}'.`);
  return Number(text);
}
