import type { GiteaUser } from "./gitea-client.ts";

/** Gitea keeps apart who may not sign in (`prohibit_login`) and who has not been let in yet (`active`). */
export function toAccount(user: GiteaUser, teamIds: readonly number[]) {
  return {
    id: String(user.id),
    username: user.login,
    email: user.email,
    ...(user.full_name && { display_name: user.full_name }),
    status: user.prohibit_login ? ("suspended" as const) : user.active ? ("active" as const) : ("inactive" as const),
    memberships: { team: teamIds.map((id) => ({ id: String(id) })) },
  };
}
