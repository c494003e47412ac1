import { seedPeople } from "@bridgekit/sandbox";
import { seedAssignments } from "./seed-assignments.ts";
import { Seeder } from "./seeder.ts";
import type { Row, SalesforceState } from "./state.ts";

export interface SeedOptions {
  /** Users of type Standard, without the integration user. */
  people: number;
  /** Public groups. */
  groups?: number;
  /** The same seed generates the same org. */
  seed?: string | number;
}

export const INTEGRATION_USERNAME = "integration@acme.example.com";

/**
 * Generates an org like a recorded one: some users are not people, and most permission sets and groups are behind a profile, a
 * permission set group or a role.
 */
export function seedSalesforce({ people, groups = 3, seed = 1 }: SeedOptions): SalesforceState {
  const seeder = new Seeder(seed);
  const licenses = seedLicenses(seeder, people);
  const profiles = seedProfiles(seeder, licenses);
  const roles = seedRoles(seeder);
  const users = seedUsers(seeder, { people, profiles, roles });
  seedAssignments(seeder, { users, groups });
  return seeder.toState();
}

function seedLicenses(seeder: Seeder, people: number): Row[] {
  const names = ["Salesforce", "Salesforce Integration", "Chatter Free", "Cloud Integration User"];
  return names.map((name) =>
    seeder.add("UserLicense", {
      Name: name,
      MasterLabel: name,
      LicenseDefinitionKey: name.toUpperCase().replaceAll(" ", "_"),
      Status: "Active",
      TotalLicenses: people + 5,
      UsedLicenses: 0,
    }),
  );
}

/** As many as recorded; each has a permission set behind it. */
function seedProfiles(seeder: Seeder, licenses: readonly Row[]): Row[] {
  const names = [
    "System Administrator",
    "Standard User",
    "Sales",
    "Support",
    "Integration",
    "Chatter Free User",
    "Cloud Integration",
  ];
  const more = Array.from({ length: 39 - names.length }, (_, index) => `Custom Profile ${index + 1}`);
  return [...names, ...more].map((name, index) => {
    const license = licenses[{ 4: 1, 5: 2, 6: 3 }[index] ?? 0]!;
    const UserType = { 5: "CsnOnly", 6: "CloudIntegrationUser" }[index] ?? "Standard";
    const profile = seeder.add("Profile", { Name: name, UserLicenseId: license.Id, UserType, Description: null });
    seeder.add("PermissionSet", {
      Name: `X00ex${index}`,
      Label: `00ex${index}`,
      ProfileId: profile.Id,
      IsOwnedByProfile: true,
      IsCustom: false,
      Type: "Profile",
    });
    return profile;
  });
}

/** 18 roles, each with two unnamed groups behind it. */
function seedRoles(seeder: Seeder): Row[] {
  const roles: Row[] = [];
  for (let index = 0; index < 18; index++) {
    const ParentRoleId = index === 0 ? null : roles[Math.floor((index - 1) / 3)]!.Id;
    const DeveloperName = index === 0 ? "CEO" : `Team${index}`;
    const role = seeder.add("UserRole", { Name: index === 0 ? "CEO" : `Team ${index}`, DeveloperName, ParentRoleId });
    roles.push(role);
    for (const Type of ["Role", "RoleAndSubordinates"])
      seeder.add("Group", { Name: null, DeveloperName, Type, RelatedId: role.Id });
  }
  seeder.add("Group", { Name: null, DeveloperName: "AllInternalUsers", Type: "Organization" });
  return roles;
}

interface UserSeed {
  people: number;
  profiles: readonly Row[];
  roles: readonly Row[];
}

function seedUsers(seeder: Seeder, { people, profiles, roles }: UserSeed): Row[] {
  const addUser = (fields: Record<string, unknown>, isFrozen = false): Row => {
    const profile = profiles.find(({ Id }) => Id === fields["ProfileId"])!;
    const name = [fields["FirstName"], fields["LastName"]].filter(Boolean).join(" ");
    const user = seeder.add("User", {
      Name: name,
      Alias: String(fields["LastName"]).slice(0, 8).toLowerCase(),
      CommunityNickname: String(fields["Username"]).split("@")[0]!.slice(0, 40),
      IsActive: true,
      UserType: profile["UserType"],
      TimeZoneSidKey: "America/Los_Angeles",
      LocaleSidKey: "en_US",
      EmailEncodingKey: "UTF-8",
      LanguageLocaleKey: "en_US",
      ...fields,
    });
    seeder.add("UserLogin", { UserId: user.Id, IsFrozen: isFrozen, IsPasswordLocked: false });
    return user;
  };

  const integration = { Username: INTEGRATION_USERNAME, Email: INTEGRATION_USERNAME, LastName: "Integration" };
  addUser({ ...integration, ProfileId: profiles[4]!.Id });
  const noPeople: [string, number][] = [
    ["autoproc", 6],
    ["chatter", 5],
    ["insights", 6],
    ["cloud", 6],
  ];
  for (const [name, index] of noPeople)
    addUser({
      Username: `${name}@00d.example.com`,
      Email: `${name}@00d.example.com`,
      LastName: name,
      ProfileId: profiles[index]!.Id,
    });

  const { random } = seeder;
  return [...seedPeople({ count: people, random })].map(({ number, firstName, lastName, email }) =>
    addUser(
      {
        Username: email,
        Email: email,
        FirstName: firstName,
        LastName: lastName,
        // The first three are active, frozen and inactive; a few others are as well.
        IsActive: number % 10 !== 3,
        ProfileId: profiles[number === 1 ? 0 : 1 + (number % 3)]!.Id,
        UserRoleId: number % 7 === 0 ? null : random.pick(roles).Id,
      },
      number % 10 === 2,
    ),
  );
}
