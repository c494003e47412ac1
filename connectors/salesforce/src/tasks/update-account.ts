import { isTaskError, isUpstreamError, TaskError, type PayloadOf, type RefChange } from "@bridgekit/core";
import type { SalesforceClient } from "../salesforce-client.ts";
import type { SalesforceConfig } from "../salesforce-config.ts";
import { addAssignments, removeAssignments } from "./change-assignments.ts";
import { findUser } from "./find-user.ts";
import { readHeldRows, type Changes } from "./held-rows.ts";
import { checkUserLicense, toSingleValue } from "./single-value.ts";

interface Client {
  config: Pick<SalesforceConfig, "without">;
  salesforce: SalesforceClient;
}

export async function updateAccount({ config, salesforce }: Client, { account, changes = {} }: PayloadOf<any>) {
  const { profile = {}, role = {}, user_license = {}, ...others } = changes;
  const assigned = toAssigned(others);
  const user = await findUser(salesforce, account.id);
  const profileId = toSingleValue("profile", user.ProfileId, profile);
  if (profileId === null)
    throw new TaskError(
      "INTERNAL_ERROR",
      `A Salesforce user always has a profile: ${user.ProfileId} can't be taken without another one to give.`,
    );
  const roleId = toSingleValue("role", user.UserRoleId, role);
  await checkUserLicense(salesforce, profileId ?? user.ProfileId, user_license);
  const held = await readHeldRows(salesforce, config.without, user.Id, Object.keys(assigned));

  const done: string[] = [];
  try {
    const fields = {
      ...(profileId !== undefined && { ProfileId: profileId }),
      ...(roleId !== undefined && { UserRoleId: roleId }),
    };
    if (Object.keys(fields).length > 0) {
      await salesforce.update("User", user.Id, fields);
      done.push(`set ${Object.keys(fields).join(" and ")}`);
    }
    // Gives before it takes, so that a failure in the middle leaves nobody with less than before.
    await addAssignments(salesforce, user.Id, assigned, held, done);
    await removeAssignments(salesforce, assigned, held, done);
  } catch (error) {
    if (done.length === 0 || !(error instanceof Error)) throw error;
    const code = isUpstreamError(error) || isTaskError(error) ? error.code : "INTERNAL_ERROR";
    throw new TaskError(code, `${error.message}. Done before that: ${done.join(", ")}.`, { cause: error });
  }
}

const ASSIGNED = new Set(["permission_set", "permission_set_group", "public_group", "queue", "permission_set_license"]);

/** The changes of assignments. Fails for types that there are not, rather than doing the rest in silence. */
export function toAssigned(changes: { [slug: string]: RefChange | undefined }): Changes {
  const unknown = Object.keys(changes).filter((slug) => !ASSIGNED.has(slug));
  if (unknown.length === 0) return changes;
  throw new TaskError(
    "INTERNAL_ERROR",
    `A Salesforce user has no "${unknown.join('", "')}", but profile, role, user_license, ${[...ASSIGNED].join(", ")}.`,
  );
}
