import { rejectUnknownTypes } from "../../reject-unknown-types.ts";

/** What a task says of departments and of access groups; fails where it speaks of anything else. */
export function splitRefs<Value>({ department, access_group, ...unknown }: Record<string, Value | undefined>) {
  rejectUnknownTypes(unknown, { system: "Odoo", has: "a department and access groups" });
  return { department, access_group };
}
