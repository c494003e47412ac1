import { TaskError } from "@bridgekit/core";

/** Fails where a task asks for types that the connector does not have, rather than doing the rest in silence. */
export function rejectUnknownTypes(refs: object): void {
  const slugs = Object.keys(refs);
  if (slugs.length > 0)
    throw new TaskError(
      "INTERNAL_ERROR",
      `Odoo has no "${slugs.join('", "')}"; an account there has a department and access groups.`,
    );
}
