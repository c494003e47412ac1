import type { RecordStatus } from "./to-status.ts";
import type { Assignments } from "./read-assignments.ts";
import { toId18 } from "./salesforce-ids.ts";
import type { UserRow } from "./salesforce-models.ts";

/** The account of a user: the profile brings the user license with it. */
export function toAccount(user: UserRow, status: RecordStatus | undefined, assignments: Assignments) {
  const id = toId18(user.Id);
  return {
    id,
    username: user.Username,
    ...(user.Email && { email: user.Email }),
    ...(user.FirstName && { first_name: user.FirstName }),
    ...(user.LastName && { last_name: user.LastName }),
    ...(user.Name && { display_name: user.Name }),
    ...(status && { status }),
    memberships: {
      profile: refOf(user.ProfileId),
      role: refOf(user.UserRoleId),
      ...assignments.of(id, ["permission_set", "permission_set_group", "public_group", "queue"]),
    },
    assignments: {
      user_license: refOf(user.Profile?.UserLicenseId),
      ...assignments.of(id, ["permission_set_license"]),
    },
  } as const;
}

function refOf(id: string | null | undefined) {
  return id ? [{ id: toId18(id) }] : [];
}
