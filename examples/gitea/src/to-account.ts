import { toOptionalText } from "@bridgekit/core";
import type { GiteaUser } from "./gitea-client.ts";

/** Gitea keeps apart who may not sign in (`prohibit_login`) and who has not been let in yet (`active`). */
export function toAccount(user: GiteaUser, teamIds: readonly number[], partial: (reason: string) => void) {
  const email = toOptionalText(user.email, `Gitea's email of user ${user.id}`, partial);
  const name = toOptionalText(user.full_name, `Gitea's full_name of user ${user.id}`, partial);
  return {
    id: String(user.id),
    username: user.login,
    ...(email && { email }),
    ...(name && { display_name: name }),
    status: user.prohibit_login ? ("suspended" as const) : user.active ? ("active" as const) : ("inactive" as const),
    memberships: { team: teamIds.map((id) => ({ id: String(id) })) },
  };
}
