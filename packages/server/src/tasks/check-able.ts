import type { components } from "@bridgekit/client";
import { placesOf } from "./check-known.ts";

type Schemas = components["schemas"];

/** What the connector of the app has said that it can't do, with its advice; undefined where it can, or has said nothing. */
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
