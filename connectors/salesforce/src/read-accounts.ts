import type { SyncContext } from "@bridgekit/core";
import { QUERIES } from "./queries.ts";
import { readAssignments, type AssignedSlug } from "./read-assignments.ts";
import type { SalesforceClient } from "./salesforce-client.ts";
import type { SalesforceConfig } from "./salesforce-config.ts";
import { toId18 } from "./salesforce-ids.ts";
import type { GroupMemberRow, UserLoginRow, UserRow } from "./salesforce-models.ts";
import { toAccount } from "./to-account.ts";
import { toStatus } from "./to-status.ts";

interface Client {
  config: Pick<SalesforceConfig, "without">;
  salesforce: SalesforceClient;
  memberRows: (signal: AbortSignal) => Promise<readonly GroupMemberRow[]>;
}

/**
 * Everybody of the type Standard. Salesforce leaves out of a list what the caller may not see, and says nothing; so each
 * user has to have a login, and whoever has an assignment has to be among the users.
 */
export async function* readAccounts(
  { config: { without }, salesforce, memberRows }: Client,
  { partial, unknownRefs, signal }: Pick<SyncContext<unknown, AssignedSlug>, "partial" | "unknownRefs" | "signal">,
) {
  const frozen = new Map<string, unknown>();
  for await (const { UserId, IsFrozen } of salesforce.query<UserLoginRow>(QUERIES.logins))
    frozen.set(toId18(UserId), IsFrozen);
  const rows = async function* () {
    yield* await memberRows(signal);
  };
  const assignments = await readAssignments({ salesforce, without, memberRows: rows(), unknownRefs });

  const withoutLogin: string[] = [];
  const withoutStatus: string[] = [];
  const { assignees } = assignments;
  for await (const user of salesforce.query<UserRow>(QUERIES.users)) {
    const id = toId18(user.Id);
    assignees.delete(id);
    const isFrozen = frozen.get(id);
    const status = toStatus(user.IsActive, isFrozen);
    if (isFrozen === undefined) withoutLogin.push(id);
    else if (status === undefined) withoutStatus.push(id);
    yield toAccount(user, { status, assignments, partial });
  }
  if (withoutStatus.length > 0)
    partial(
      `Salesforce does not tell of ${withoutStatus.length} users, such as ${withoutStatus[0]}, whether they are active or ` +
        "frozen; the connector's user needs to read IsActive and IsFrozen",
    );
  if (withoutLogin.length > 0)
    partial(
      `Salesforce does not show the login of ${withoutLogin.length} users, such as ${withoutLogin[0]}, so nobody knows ` +
        "who of them is frozen; the connector's user needs Manage Users",
    );
  const [hidden] = assignees;
  if (hidden !== undefined)
    partial(
      `Salesforce's list of users lacks ${assignees.size} who have assignments, such as ${hidden}; the connector's user ` +
        "needs View All Users",
    );
}
