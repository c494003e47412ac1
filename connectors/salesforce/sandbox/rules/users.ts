import { refused } from "../salesforce-error.ts";
import type { SalesforceOrg } from "../salesforce-org.ts";
import type { Row } from "../state.ts";

/** Defaults that Salesforce sets on a new user, including the nickname, which its description calls required. */
export function addDefaults(org: SalesforceOrg, fields: Record<string, unknown>): void {
  fields["IsActive"] ??= true;
  fields["UserType"] = org.find("Profile", fields["ProfileId"])?.["UserType"] ?? "Standard";
  fields["Name"] = toName(fields["FirstName"], fields["LastName"]);
  const username = fields["Username"];
  if (typeof username === "string")
    fields["CommunityNickname"] ??= `${username.split("@")[0]!.slice(0, 25)}${org.rows("User").length}`;
}

/** Refuses a user who would be invalid after a change; `row` is absent for a new one. */
export function checkUser(org: SalesforceOrg, row: Row | undefined, fields: Record<string, unknown>): void {
  const username = fields["Username"];
  if (typeof username === "string") checkUsername(org, row, username);
  const nickname = fields["CommunityNickname"];
  const others = nickname === undefined ? [] : org.rows("User").filter((user) => user !== row);
  if (others.some((user) => user["CommunityNickname"] === nickname))
    throw refused(
      "DUPLICATE_COMM_NICKNAME",
      "Duplicate Nickname.<br>Another user has already selected this nickname.<br>Please select another.",
      "CommunityNickname",
    );
  checkSeats(org, row, fields);
  if (row && ("FirstName" in fields || "LastName" in fields))
    fields["Name"] = toName(fields["FirstName"] ?? row["FirstName"], fields["LastName"] ?? row["LastName"]);
}

function checkUsername(org: SalesforceOrg, row: Row | undefined, username: string): void {
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(username))
    throw refused("INVALID_EMAIL_ADDRESS", `Username: invalid email address: ${username}`, "Username");
  const other = org.userNamed(username);
  if ((other && other !== row) || org.takenElsewhere.has(username.toLowerCase()))
    throw refused(
      "DUPLICATE_USERNAME",
      "Duplicate Username.<br>The username already exists in this or another Salesforce organization. Usernames must be " +
        "unique across all Salesforce organizations. To resolve, use a different username (it doesn't need to match the " +
        "user's email address).",
      "Username",
    );
}

/** An active user takes a seat of the profile's license. */
function checkSeats(org: SalesforceOrg, row: Row | undefined, fields: Record<string, unknown>): void {
  const before = row?.["IsActive"] === true ? org.licenseOf(row["ProfileId"]) : undefined;
  const isActive = fields["IsActive"] ?? row?.["IsActive"];
  const after = isActive === true ? org.licenseOf(fields["ProfileId"] ?? row?.["ProfileId"]) : undefined;
  if (after === undefined || after === before) return;
  const license = org.find("UserLicense", after)!;
  if (org.usedUserLicenses(after) >= (license["TotalLicenses"] as number))
    throw refused("LICENSE_LIMIT_EXCEEDED", "License Limit Exceeded", "ProfileId");
}

function toName(firstName: unknown, lastName: unknown): string {
  return [firstName, lastName].filter((part) => typeof part === "string").join(" ");
}
