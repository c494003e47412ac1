import type { components } from "@bridgekit/client";
import { queryOptions } from "@tanstack/react-query";
import type { Session } from "../session/session.ts";
import { read } from "./read.ts";

export type System = components["schemas"]["System"];

/** How the Bridge itself is doing; no event says when that changes. */
export const systemQuery = ({ client }: Session) =>
  queryOptions({
    queryKey: ["system"],
    queryFn: ({ signal }) => read(client.api.GET("/api/v1/bridge/system/", { signal })),
    refetchInterval: 10_000,
  });
