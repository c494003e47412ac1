import type { SalesforceClient } from "../salesforce-client.ts";
import { findUser } from "./find-user.ts";

/** Salesforce makes a new password and mails it to the user; it is kept nowhere. */
export async function resetPassword(
  { salesforce }: { salesforce: SalesforceClient },
  accountId: string,
): Promise<void> {
  const { Id } = await findUser(salesforce, accountId);
  await salesforce.resetPassword(Id);
}
