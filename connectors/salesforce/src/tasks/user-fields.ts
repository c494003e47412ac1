import { TaskError, toOptionalText, type PayloadOf } from "@bridgekit/core";
import type { SalesforceConfig } from "../salesforce-config.ts";

export type NewUser = SalesforceConfig["newUser"];

/** The nine fields that Salesforce wants of a new user, and the first name where there is one. */
export function toUserFields(account: PayloadOf<any>["account"], profileId: string, newUser: NewUser) {
  const text = (field: "email" | "username" | "first_name" | "last_name" | "display_name") =>
    toOptionalText(account[field], `${field} of the task`)?.trim();
  const [email, firstName] = [text("email"), text("first_name")];
  if (!email) throw new TaskError("INTERNAL_ERROR", "A Salesforce user has an email, and the task names none.");
  const lastName = text("last_name") ?? lastWordOf(text("display_name")) ?? newUser.lastName ?? email.split("@")[0]!;
  return {
    Username: toUsername(text("username"), email, newUser.usernameSuffix),
    Email: email,
    LastName: lastName,
    ...(firstName && { FirstName: firstName }),
    Alias: newUser.alias ?? toAlias(firstName ?? "", lastName),
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
  return text?.split(/\s+/).at(-1);
}
