import type { Seeder } from "./seeder.ts";
import type { Row } from "./state.ts";

interface AssignmentSeed {
  users: readonly Row[];
  groups: number;
}

/** Sets, groups, queues and licenses, and their assignments to users. */
export function seedAssignments(seeder: Seeder, { users, groups }: AssignmentSeed): void {
  const sets = seedPermissionSets(seeder);
  const setGroups = seedPermissionSetGroups(seeder);
  const publicGroups = Array.from({ length: groups }, (_, index) => addGroup(seeder, `Group ${index + 1}`, "Regular"));
  const queues = ["Support", "Returns"].map((name) => addGroup(seeder, name, "Queue"));
  const licenses = seedPermissionSetLicenses(seeder, users.length);
  // Sales contains everybody of a role, and another group.
  const [outer, inner] = publicGroups;
  const ofRole = seeder.rows["Group"]!.find((group) => group["Type"] === "RoleAndSubordinates")!;
  if (outer) seeder.add("GroupMember", { GroupId: outer.Id, UserOrGroupId: ofRole.Id });
  if (outer && inner) seeder.add("GroupMember", { GroupId: outer.Id, UserOrGroupId: inner.Id });

  const { random } = seeder;
  for (const [index, { Id: userId, ProfileId }] of users.entries()) {
    const ofProfile = seeder.rows["PermissionSet"]!.find((set) => set["ProfileId"] === ProfileId)!;
    const assign = (PermissionSetId: string, PermissionSetGroupId: string | null = null) =>
      seeder.add("PermissionSetAssignment", { AssigneeId: userId, PermissionSetId, PermissionSetGroupId });
    assign(ofProfile.Id);
    assign(random.pick(sets).Id);
    if (index % 2 === 0) {
      const { group, behind } = random.pick(setGroups);
      assign(behind.Id, group.Id);
    }
    for (const list of [publicGroups, queues])
      if (list.length > 0) seeder.add("GroupMember", { GroupId: random.pick(list).Id, UserOrGroupId: userId });
    if (index % 3 === 0)
      seeder.add("PermissionSetLicenseAssign", {
        AssigneeId: userId,
        PermissionSetLicenseId: random.pick(licenses).Id,
      });
  }
}

/** The 25 assignable ones of the 75 recorded sets; 39 are behind profiles and 11 behind groups. */
function seedPermissionSets(seeder: Seeder): Row[] {
  const types = [...Array.from({ length: 22 }, () => "Standard"), "Session", "Session", "Regular"];
  return types.map((Type, index) =>
    seeder.add("PermissionSet", {
      Name: `Set_${index + 1}`,
      Label: `Set ${index + 1}`,
      IsOwnedByProfile: false,
      IsCustom: Type === "Regular",
      Description: index % 2 === 0 ? `What set ${index + 1} gives` : null,
      Type,
    }),
  );
}

function seedPermissionSetGroups(seeder: Seeder): { group: Row; behind: Row }[] {
  return Array.from({ length: 11 }, (_, index) => {
    const group = seeder.add("PermissionSetGroup", {
      DeveloperName: `Set_Group_${index + 1}`,
      MasterLabel: `Set group ${index + 1}`,
      Description: null,
      Status: "Updated",
    });
    const behind = seeder.add("PermissionSet", {
      Name: `Set_Group_${index + 1}`,
      Label: `Set group ${index + 1}`,
      IsOwnedByProfile: false,
      IsCustom: true,
      PermissionSetGroupId: group.Id,
      Type: "Group",
    });
    return { group, behind };
  });
}

function addGroup(seeder: Seeder, Name: string, Type: "Regular" | "Queue"): Row {
  return seeder.add("Group", { Name, DeveloperName: Name.replaceAll(" ", "_"), Type });
}

function seedPermissionSetLicenses(seeder: Seeder, people: number): Row[] {
  return ["Sales Cloud Einstein", "Identity Connect", "CRM User"].map((MasterLabel) =>
    seeder.add("PermissionSetLicense", {
      MasterLabel,
      DeveloperName: MasterLabel.replaceAll(" ", ""),
      PermissionSetLicenseKey: MasterLabel.replaceAll(" ", ""),
      Status: "Active",
      TotalLicenses: people + 5,
      UsedLicenses: 0,
    }),
  );
}
