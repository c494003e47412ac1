import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Page } from "./page.tsx";
import { QueryPart } from "./query-part.tsx";
import { SkeletonRows } from "./skeleton.tsx";

interface QueryPageProps<Data> {
  /** What the page is called until its data is here. */
  title: string;
  query: UseQueryResult<Data>;
  children: (data: Data) => ReactNode;
}

/** A page of one thing, with what stands in its place while it is read, or if it can't be. */
export function QueryPage<Data>({ title, query, children }: QueryPageProps<Data>) {
  if (query.data !== undefined) return children(query.data);
  return (
    <Page title={title}>
      <QueryPart title={title} query={query} waiting={<SkeletonRows />}>
        {children}
      </QueryPart>
    </Page>
  );
}
