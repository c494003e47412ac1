import { isTaskError, isUpstreamError, TaskError, type PayloadOf, type Ref } from "@bridgekit/core";
import { QUERIES_OF } from "../queries.ts";
import type { SalesforceClient } from "../salesforce-client.ts";
import type { SalesforceConfig } from "../salesforce-config.ts";
import { toId18 } from "../salesforce-ids.ts";
import { addAssignments } from "./change-assignments.ts";
import { readHeldRows } from "./held-rows.ts";
import { checkUserLicense, toSingleValue } from "./single-value.ts";
import { toAssigned } from "./update-account.ts";
import { toUserFields } from "./user-fields.ts";

interface Client {
  config: Pick<SalesforceConfig, "without" | "newUser">;
  salesforce: SalesforceClient;
}

// Clocks of Salesforce and of this machine may differ by so much.
const CLOCK_SKEW_MILLISECONDS = 300_000;

/**
 * Creates a user, after a search by username. After an execution that was cut off, a user who was created since it began
 * is taken for its work.
 */
export async function createAccount(
  { config, salesforce }: Client,
  { account, memberships = {} }: PayloadOf<any>,
  interruptedAt: Date | undefined,
) {
  const { profile = [], role = [], user_license = [], ...others } = memberships as Record<string, Ref[] | undefined>;
  const assigned = toAssigned(
    Object.fromEntries(Object.entries(others).map(([slug, refs]) => [slug, { added: refs ?? [] }])),
  );
  const profileId = toSingleValue("profile", null, { added: profile }) ?? config.newUser.profileId;
  if (profileId === undefined)
    throw new TaskError(
      "INTERNAL_ERROR",
      "A Salesforce user needs a profile: name one in the task, or set newUser.profileId in the config.",
    );
  const roleId = toSingleValue("role", null, { added: role });
  const fields = { ...toUserFields(account, profileId, config.newUser), ...(roleId && { UserRoleId: roleId }) };

  const existing = await salesforce.first<ExistingUser>(QUERIES_OF.userNamed(fields.Username));
  if (existing && !wasCreatedSince(existing, interruptedAt)) throw alreadyExists(salesforce, fields.Username, existing);
  await checkUserLicense(salesforce, profileId, { added: user_license });
  const userId = existing?.Id ?? (await createUser(salesforce, fields));

  try {
    // Of a user who was found, an earlier execution may have given some.
    const held = existing ? await readHeldRows(salesforce, config.without, userId, Object.keys(assigned)) : [];
    await addAssignments(salesforce, userId, assigned, held, []);
  } catch (error) {
    const code = isUpstreamError(error) || isTaskError(error) ? error.code : "INTERNAL_ERROR";
    const message = `User ${userId} was created, but not all of its access: ${(error as Error).message}`;
    throw new TaskError(code, message, { cause: error });
  }
  return { account: { id: toId18(userId) } };
}

interface ExistingUser {
  Id: string;
  IsActive: boolean;
  CreatedDate: string;
}

function wasCreatedSince({ CreatedDate }: ExistingUser, begin: Date | undefined): boolean {
  return begin !== undefined && Date.parse(CreatedDate) >= begin.getTime() - CLOCK_SKEW_MILLISECONDS;
}

async function createUser(salesforce: SalesforceClient, fields: { Username: string }): Promise<string> {
  try {
    return await salesforce.createUser(fields);
  } catch (error) {
    if (!isUpstreamError(error) || error.effect !== "unknown") throw error;
    // The answer was lost. The username was free a moment ago, so whoever has it now was created by this.
    const created = await salesforce.first<ExistingUser>(QUERIES_OF.userNamed(fields.Username));
    if (!created) throw error;
    return created.Id;
  }
}

function alreadyExists({ system }: SalesforceClient, username: string, { Id, IsActive }: ExistingUser): TaskError {
  const advice = IsActive ? "" : ", which is deactivated; use unsuspend_account to bring it back";
  return new TaskError("ACCOUNT_ALREADY_EXISTS", `${system} has a user ${username} already: ${Id}${advice}.`);
}
