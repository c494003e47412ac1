import type { Kind } from "@bridgekit/client";

// An account may only refer to what already has a name.
const PUSH_ORDER: readonly Kind[] = ["group", "license", "account"];

/** The slugs of resource types in the order in which a sync reads them: groups, licenses, accounts. */
export function slugsInPushOrder(types: Readonly<Record<string, { type: Kind }>>): string[] {
  return PUSH_ORDER.flatMap((kind) => Object.keys(types).filter((slug) => types[slug]!.type === kind));
}
