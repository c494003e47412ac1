import { TaskError } from "@bridgekit/core";

/** Fails where a task asks for types that the system does not have, rather than doing the rest in silence. */
export function rejectUnknownTypes(refs: object, { system, has }: { system: string; has: string }): void {
  const slugs = Object.keys(refs);
  if (slugs.length > 0)
    throw new TaskError("INTERNAL_ERROR", `${system} has no "${slugs.join('", "')}"; an account there has ${has}.`);
}
