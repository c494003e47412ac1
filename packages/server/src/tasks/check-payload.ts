import { isPathSegment, type components } from "@bridgekit/client";
import type { ResourceType } from "../apps/resource-types.ts";

/**
 * An account that no address can name, or the first slug of a payload that names nothing an account can be given;
 * answered with 422.
 */
export function findBrokenRule(
  { account, memberships, changes }: components["schemas"]["TaskPayload"],
  types: readonly ResourceType[],
): string | undefined {
  const kinds = new Map(types.map(({ slug, type }) => [slug, type]));
  if (!isPathSegment(account.id))
    return `payload.account.id: '${account.id}' is no id: URL parsers remove it from an address`;
  for (const slug in memberships) {
    if (kinds.get(slug) !== "group") return `payload.memberships: unknown group slug '${slug}'`;
  }
  for (const slug in changes) {
    const kind = kinds.get(slug);
    if (kind !== "group" && kind !== "license") return `payload.changes: unknown group or license slug '${slug}'`;
  }
  return undefined;
}
