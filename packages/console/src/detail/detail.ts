import type { LinkProps } from "@tanstack/react-router";

/** One thing that opens beside its list. */
export type Detail =
  | { kind: "record"; appId: string; slug: string; id: string }
  | { kind: "sync"; appId: string; id: string }
  | { kind: "task"; appId: string; id: string };

/** A detail in an address, as `open`. */
export function toOpen(detail: Detail): string {
  const { kind, appId, id } = detail;
  return kind === "record" ? `${kind}/${appId}/${detail.slug}/${id}` : `${kind}/${appId}/${id}`;
}

/** The detail that an address asks for. Undefined if it asks for none, or for what does not exist. */
export function parseOpen(open: string | undefined): Detail | undefined {
  const [kind, appId = "", ...rest] = (open ?? "").split("/");
  if (kind === "sync" || kind === "task") return { kind, appId, id: rest.join("/") };
  const [slug = "", ...id] = rest;
  return kind === "record" ? { kind, appId, slug, id: id.join("/") } : undefined;
}

/** Where a detail is a page of its own. */
export function toPage(detail: Detail, org: string): Pick<LinkProps, "to" | "params" | "search"> {
  const { kind, appId, id } = detail;
  switch (kind) {
    case "record":
      return {
        to: "/o/$org/apps/$appId/records/$slug/record",
        params: { org, appId, slug: detail.slug },
        search: { id },
      };
    case "sync":
      return { to: "/o/$org/apps/$appId/syncs/$syncId", params: { org, appId, syncId: id } };
    case "task":
      return { to: "/o/$org/apps/$appId/tasks/$taskId", params: { org, appId, taskId: id } };
  }
}
