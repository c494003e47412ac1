import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorNote } from "./error-note.tsx";
import { SkeletonRows } from "./skeleton.tsx";

interface QueryPartProps<Data> {
  /** What is read: `The history`. */
  title: string;
  query: UseQueryResult<Data>;
  /** What stands in its place while it is read; rows by default. */
  waiting?: ReactNode;
  children: (data: Data) => ReactNode;
}

/** A part of a page that is read by itself: if it can't be, it says so, and the other parts stay. */
export function QueryPart<Data>({
  title,
  query,
  waiting = <SkeletonRows count={4} />,
  children,
}: QueryPartProps<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error === null) return waiting;
  return <QueryError title={title} query={query} />;
}

/** That something could not be read which a page shows in several places; nothing if it was. */
export function QueryError({ title, query }: Pick<QueryPartProps<unknown>, "title" | "query">) {
  const { data, error, refetch } = query;
  if (data !== undefined || error === null) return null;
  return <ErrorNote error={error} title={`${title} could not be read.`} onRetry={() => void refetch()} />;
}
