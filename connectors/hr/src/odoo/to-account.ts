import type { Many2one, User } from "./odoo-models.ts";

/** The account of a user. Odoo has one name field only; an archived user can't sign in, which is `suspended`. */
export function toAccount(user: User, departments: readonly Many2one[]) {
  const department = new Map(departments.filter((entry) => entry !== false));
  return {
    id: String(user.id),
    username: user.login,
    ...(user.email && { email: user.email }),
    display_name: user.name,
    status: user.active ? ("active" as const) : ("suspended" as const),
    memberships: {
      department: [...department].map(([id, name]) => ({ id: String(id), name })),
      // Odoo's order is not that of the ids; sorted, an account that did not change reads the same.
      access_group: user.group_ids.toSorted((a, b) => a - b).map((id) => ({ id: String(id) })),
    },
  };
}
