import { toOptionalText } from "@bridgekit/core";
import { isIdOf, toId18 } from "./salesforce-ids.ts";
import type { GroupMemberRow, GroupRow } from "./salesforce-models.ts";

/**
 * Public groups or queues. The members of a group within a group stay that group's: the description of the outer one
 * names it, and nobody seems to be a direct member who can't be taken out of it.
 */
export function* toGroups(
  type: "Regular" | "Queue",
  groups: readonly GroupRow[],
  members: readonly GroupMemberRow[],
): Generator<{ id: string; name: string; description?: string }> {
  const byId = new Map(groups.map((group) => [toId18(group.Id), group]));
  const nested = new Map<string, string[]>();
  for (const { GroupId, UserOrGroupId } of members) {
    if (!isIdOf("00G", UserOrGroupId)) continue;
    const outer = toId18(GroupId);
    const names = nested.get(outer) ?? [];
    nested.set(outer, names);
    names.push(nameOf(byId.get(toId18(UserOrGroupId))) ?? UserOrGroupId);
  }
  for (const group of groups) {
    if (group.Type !== type) continue;
    const id = toId18(group.Id);
    const inner = nested.get(id)?.sort();
    yield {
      id,
      name: ownName(group),
      ...(inner && { description: `Contains: ${inner.join(", ")}.` }),
    };
  }
}

function ownName({ Id, Name, DeveloperName }: GroupRow): string {
  const text = (value: unknown, field: string) =>
    toOptionalText(value, `Salesforce's ${field} of group ${Id}`, () => {});
  return text(Name, "Name") ?? text(DeveloperName, "DeveloperName") ?? toId18(Id);
}

/** Groups that Salesforce keeps for a role or for everybody have no name. */
function nameOf(group: GroupRow | undefined): string | undefined {
  if (!group) return undefined;
  const name = ownName(group);
  switch (group.Type) {
    case "Role":
      return `role ${name}`;
    case "RoleAndSubordinates":
    case "RoleAndSubordinatesInternal":
      return `role ${name} and those below it`;
    case "Organization":
      return "all internal users";
    default:
      return name;
  }
}
