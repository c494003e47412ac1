import type { components } from "@bridgekit/client";
import type { ResourceType } from "../apps/resource-types.ts";

/** The first slug of a payload that names nothing an account can be given; answered with 422. */
export function findBrokenSlug(
  { memberships, changes }: components["schemas"]["TaskPayload"],
  types: readonly ResourceType[],
): string | undefined {
  const kinds = new Map(types.map(({ slug, type }) => [slug, type]));
  for (const slug in memberships) {
    if (kinds.get(slug) !== "group") return `payload.memberships: unknown group slug '${slug}'`;
  }
  for (const slug in changes) {
    const kind = kinds.get(slug);
    if (kind !== "group" && kind !== "license") return `payload.changes: unknown group or license slug '${slug}'`;
  }
  return undefined;
}
