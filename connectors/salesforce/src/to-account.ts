import { toOptionalText } from "@bridgekit/core";
import type { RecordStatus } from "./to-status.ts";
import type { Assignments } from "./read-assignments.ts";
import { toId18 } from "./salesforce-ids.ts";
import type { UserRow } from "./salesforce-models.ts";

interface Known {
  status: RecordStatus | undefined;
  assignments: Assignments;
  partial: (reason: string) => void;
}

/** The account of a user: the profile brings the user license with it. */
export function toAccount(user: UserRow, { status, assignments, partial }: Known) {
  const id = toId18(user.Id);
  const text = (field: "Email" | "FirstName" | "LastName" | "Name" | "ProfileId" | "UserRoleId") =>
    toOptionalText(user[field], `Salesforce's ${field} of user ${id}`, partial);
  const [email, firstName, lastName, name] = [text("Email"), text("FirstName"), text("LastName"), text("Name")];
  const licenseId = user.Profile?.UserLicenseId;
  return {
    id,
    username: user.Username,
    ...(email && { email }),
    ...(firstName && { first_name: firstName }),
    ...(lastName && { last_name: lastName }),
    ...(name && { display_name: name }),
    ...(status && { status }),
    memberships: {
      profile: refOf(text("ProfileId")),
      role: refOf(text("UserRoleId")),
      ...assignments.of(id, ["permission_set", "permission_set_group", "public_group", "queue"]),
    },
    assignments: {
      user_license: refOf(toOptionalText(licenseId, `Salesforce's license of user ${id}`, partial)),
      ...assignments.of(id, ["permission_set_license"]),
    },
  } as const;
}

function refOf(id: string | undefined) {
  return id ? [{ id: toId18(id) }] : [];
}
