import type { components } from "@bridgekit/client";

/** The limit of a count that needs not be exact beyond it; one more is looked for. */
export const MOST_COUNTED = 1_000;

/** A count up to the limit. */
export function toBounded(count: number): components["schemas"]["BoundedCount"] {
  return { count: Math.min(count, MOST_COUNTED), count_is_exact: count <= MOST_COUNTED };
}
