import type { SalesforceClient } from "../salesforce-client.ts";
import type { SalesforceConfig } from "../salesforce-config.ts";
import { findLogin, findUser } from "./find-user.ts";

interface Client {
  config: Pick<SalesforceConfig, "suspend" | "delete">;
  salesforce: SalesforceClient;
}

/** Salesforce deletes no user: the account is deactivated, which frees its license, or frozen where the config says so. */
export function deleteAccount({ config, salesforce }: Client, accountId: string): Promise<void> {
  return takeAway(salesforce, accountId, config.delete);
}

/** Freezes: nobody who is frozen can sign in, and nothing in the org stands against it. */
export function suspendAccount({ config, salesforce }: Client, accountId: string): Promise<void> {
  return takeAway(salesforce, accountId, config.suspend);
}

async function takeAway(salesforce: SalesforceClient, accountId: string, how: "freeze" | "deactivate"): Promise<void> {
  const user = await findUser(salesforce, accountId);
  if (how === "deactivate") {
    if (user.IsActive) await salesforce.update("User", user.Id, { IsActive: false });
    return;
  }
  const login = await findLogin(salesforce, user.Id);
  if (!login.IsFrozen) await salesforce.update("UserLogin", login.Id, { IsFrozen: true });
}

/** Undoes either: an inactive user takes a seat again, and only then may sign in. */
export async function unsuspendAccount({ salesforce }: Client, accountId: string): Promise<void> {
  const user = await findUser(salesforce, accountId);
  const login = await findLogin(salesforce, user.Id);
  if (!user.IsActive) await salesforce.update("User", user.Id, { IsActive: true });
  if (login.IsFrozen) await salesforce.update("UserLogin", login.Id, { IsFrozen: false });
}
