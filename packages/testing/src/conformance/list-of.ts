import type { SandboxCall } from "@bridgekit/sandbox";

const PAGING =
  /^(start|startat|offset|skip|page|pagenumber|cursor|after|pagetoken|nextpagetoken|next|limit|maxresults|pagesize|per_page|count)$/i;

/** A list by method, path and query, without the usual parameters of paging. */
export function defaultListOf({ method, path, query, body }: SandboxCall): string {
  const rest = [...query].filter(([name]) => !PAGING.test(name));
  return `${method} ${path} ${JSON.stringify([rest, body])}`;
}
