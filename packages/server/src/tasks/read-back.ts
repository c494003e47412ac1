import type { components } from "@bridgekit/client";
import { compile } from "../http/schemas.ts";

type Schemas = components["schemas"];

const fits = compile("/components/schemas/TaskReadBack");

/**
 * What the runner read of the account after the task. A result is any JSON, so what does not have the form is none; fields
 * that only a newer runner knows are left out.
 */
export function readBackOf(result: Schemas["TaskResult"] | null): Schemas["TaskReadBack"] | undefined {
  const verified = result?.verified;
  if (typeof verified !== "object" || verified === null) return undefined;
  const { at, exists, status, refs, unknown } = verified as Schemas["TaskReadBack"];
  if (exists === undefined && unknown === undefined) return undefined;
  const readBack = {
    ...(at !== undefined && { at }),
    ...(exists !== undefined && { exists }),
    ...(status !== undefined && { status }),
    ...(refs !== undefined && { refs }),
    ...(unknown !== undefined && { unknown }),
  };
  return fits(readBack) ? readBack : undefined;
}
