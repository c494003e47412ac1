import { toOptionalText } from "@bridgekit/core";
import { isPointer, type Employee, type User } from "./odoo-models.ts";

type RefSlug = "department" | "access_group";

/** The account of a user. Odoo has one name field only; an archived user can't sign in, which is `suspended`. */
export function toAccount(
  user: User,
  { employees, unknown, partial }: { employees: readonly Employee[]; unknown: readonly RefSlug[]; partial: Partial },
) {
  const departments = toDepartments(employees);
  const groups = toGroups(user.group_ids);
  const unknownRefs = new Set(unknown);
  if (!departments) unknownRefs.add("department");
  if (!groups) unknownRefs.add("access_group");
  const email = toOptionalText(user.email, `the email of user ${user.id}`, partial);
  const displayName = toOptionalText(user.name, `the name of user ${user.id}`, partial);
  return {
    id: String(user.id),
    username: user.login,
    ...(email && { email }),
    ...(displayName && { display_name: displayName }),
    status: user.active ? ("active" as const) : ("suspended" as const),
    memberships: { department: departments ?? [], access_group: groups ?? [] },
    ...(unknownRefs.size > 0 && { unknown_refs: [...unknownRefs] }),
  };
}

type Partial = (reason: string) => void;

/** `undefined` where one of them can't be read, so that it is not taken for none. */
function toDepartments(employees: readonly Employee[]) {
  const departments = new Map<number, string>();
  for (const { department_id: department } of employees) {
    if (department === false || department === null) continue;
    if (!isPointer(department)) return undefined;
    departments.set(...department);
  }
  return [...departments].map(([id, name]) => ({ id: String(id), name }));
}

/** Odoo's order is not that of the ids; sorted, an account that did not change reads the same. */
function toGroups(ids: unknown) {
  if (!Array.isArray(ids) || !ids.every((id) => Number.isInteger(id))) return undefined;
  return (ids as number[]).toSorted((a, b) => a - b).map((id) => ({ id: String(id) }));
}
