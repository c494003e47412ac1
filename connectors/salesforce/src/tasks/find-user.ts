import { TaskError } from "@bridgekit/core";
import { QUERIES_OF } from "../queries.ts";
import type { SalesforceClient } from "../salesforce-client.ts";
import { isIdOf } from "../salesforce-ids.ts";
import type { UserLoginRow, UserRow } from "../salesforce-models.ts";

/** The user of an account id; throws ACCOUNT_NOT_FOUND where there is none. */
export async function findUser(salesforce: SalesforceClient, accountId: string): Promise<UserRow> {
  // Salesforce refuses a query with an id of another form, by a code that says nothing of users.
  const user = isIdOf("005", accountId) ? await salesforce.first<UserRow>(QUERIES_OF.user(accountId)) : undefined;
  if (!user) throw new TaskError("ACCOUNT_NOT_FOUND", `${salesforce.system} has no user ${accountId}.`);
  return user;
}

/** The row that freezes a user. */
export async function findLogin(salesforce: SalesforceClient, userId: string): Promise<UserLoginRow> {
  const login = await salesforce.first<UserLoginRow>(QUERIES_OF.login(userId));
  if (login) return login;
  throw new TaskError(
    "PERMISSION_DENIED",
    `${salesforce.system} does not show the login of user ${userId}; the connector's user needs Manage Users to freeze.`,
  );
}
