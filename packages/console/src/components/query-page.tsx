import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorNote } from "./error-note.tsx";
import { Page } from "./page.tsx";
import { SkeletonRows } from "./skeleton.tsx";

interface QueryPageProps<Data> {
  /** What the page is called until its data is here. */
  title: string;
  query: UseQueryResult<Data>;
  children: (data: Data) => ReactNode;
}

/** A page of one thing, with what stands in its place while it is read, or if it can't be. */
export function QueryPage<Data>({ title, query: { data, error, refetch }, children }: QueryPageProps<Data>) {
  if (data !== undefined) return children(data);
  return (
    <Page title={title}>
      {error === null ? (
        <SkeletonRows />
      ) : (
        <ErrorNote error={error} title={`${title} could not be read.`} onRetry={() => void refetch()} />
      )}
    </Page>
  );
}
