import { isPathSegment, type components } from "@bridgekit/client";
import type { ResourceType } from "../apps/resource-types.ts";
import { placesOf } from "./check-known.ts";

type Schemas = components["schemas"];

/** An account that no URL can name, or the first slug of the payload that is no group or license; refused with 422. */
export function findBrokenRule(
  { account, memberships, changes }: Schemas["TaskPayload"],
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

/**
 * Why the connector of the app can't carry out the task, with its advice; undefined if it can or announced no
 * capabilities.
 */
export function findUnable(
  capabilities: Schemas["Capabilities"] | null,
  { action, payload }: Pick<Schemas["TaskCreate"], "action" | "payload">,
): string | undefined {
  if (capabilities === null) return undefined;
  const { connector, version, actions, grantable, advice } = capabilities;
  const who = `the connector ${version === null ? connector : `${connector} ${version}`} of this app`;
  const explain = (what: string, name: string) =>
    [`${what}.`, Object.hasOwn(advice, name) ? advice[name] : "Do it in the system itself."].join(" ");
  if (!actions.includes(action)) {
    const offered = actions.join(", ") || "no action";
    return explain(`action: ${who} does not offer ${action}; it offers ${offered}`, action);
  }
  for (const { path, slug } of placesOf(payload))
    if (!grantable.includes(slug)) return explain(`${path}: ${who} does not give or take any '${slug}'`, slug);
  return undefined;
}
