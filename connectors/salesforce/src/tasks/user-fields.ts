import { TaskError, type PayloadOf } from "@bridgekit/core";
import type { SalesforceConfig } from "../salesforce-config.ts";

export type NewUser = SalesforceConfig["newUser"];

/** The nine fields that Salesforce wants of a new user, and the first name where there is one. */
export function toUserFields(account: PayloadOf<any>["account"], profileId: string, newUser: NewUser) {
  const { email, first_name } = account;
  if (!email) throw new TaskError("INTERNAL_ERROR", "A Salesforce user has an email, and the task names none.");
  const lastName = account.last_name ?? lastWordOf(account.display_name) ?? newUser.lastName ?? email.split("@")[0]!;
  return {
    Username: toUsername(account.username, email, newUser.usernameSuffix),
    Email: email,
    LastName: lastName,
    ...(first_name && { FirstName: first_name }),
    Alias: newUser.alias ?? toAlias(first_name ?? "", lastName),
    TimeZoneSidKey: newUser.timeZone,
    LocaleSidKey: newUser.locale,
    LanguageLocaleKey: newUser.language,
    EmailEncodingKey: newUser.emailEncoding,
    ProfileId: profileId,
  };
}

/** A username has the form of an email. A wish that has not is none that Salesforce would take. */
function toUsername(username: string | undefined, email: string, suffix: string): string {
  return username !== undefined && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(username) ? username : email + suffix;
}

/** Up to eight letters: that of the first name, and the last name. */
function toAlias(firstName: string, lastName: string): string {
  const plain = (text: string) =>
    text
      .normalize("NFKD")
      .replaceAll(/[^A-Za-z0-9]/g, "")
      .toLowerCase();
  return (plain(firstName).slice(0, 1) + plain(lastName)).slice(0, 8) || "user";
}

function lastWordOf(text: string | undefined): string | undefined {
  return text?.trim().split(/\s+/).at(-1) || undefined;
}
