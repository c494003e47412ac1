import type { Wish } from "@bridgekit/core";
import type { SalesforceConfig } from "./salesforce-config.ts";

/** The nine fields that Salesforce requires of a new user, and the first name if known. */
export function toUserFields(wish: Wish, profileId: string, newUser: SalesforceConfig["newUser"]) {
  const { first_name: firstName, last_name, display_name } = wish;
  const lastName = last_name ?? display_name?.split(/\s+/).at(-1) ?? newUser.lastName ?? wish.email!.split("@")[0]!;
  return {
    Username: toUsername(wish, newUser),
    Email: wish.email!,
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

/** A username has the form of an email; Salesforce refuses any other. */
export function toUsername({ username, email }: Wish, { usernameSuffix }: SalesforceConfig["newUser"]): string {
  return username !== undefined && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(username) ? username : email! + usernameSuffix;
}

/** Up to eight letters: the initial and the last name. */
function toAlias(firstName: string, lastName: string): string {
  const plain = (text: string) => text.normalize("NFKD").replaceAll(/[^A-Za-z0-9]/g, "");
  return (plain(firstName).slice(0, 1) + plain(lastName)).toLowerCase().slice(0, 8) || "user";
}
