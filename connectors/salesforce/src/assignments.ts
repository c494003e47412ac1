import { lazy, TaskError, type Access, type Change } from "@bridgekit/core";
import type { MemberRow, UserRow } from "./queries.ts";
import { licenseAssignments, members, permissionSetAssignments, QUERIES_OF } from "./queries.ts";
import type { SalesforceClient } from "./salesforce-client.ts";
import type { SalesforceConfig } from "./salesforce-config.ts";
import { isSalesforceError } from "./salesforce-errors.ts";
import { isIdOf, toId18 } from "./salesforce-ids.ts";

export type Salesforce = { config: SalesforceConfig; salesforce: SalesforceClient };

/** The object that stores assignments of a type, and its fields for what and whom. */
const OBJECTS = {
  permission_set_license: ["PermissionSetLicenseAssign", "PermissionSetLicenseId", "AssigneeId"],
  permission_set: ["PermissionSetAssignment", "PermissionSetId", "AssigneeId"],
  permission_set_group: ["PermissionSetAssignment", "PermissionSetGroupId", "AssigneeId"],
  public_group: ["GroupMember", "GroupId", "UserOrGroupId"],
  queue: ["GroupMember", "GroupId", "UserOrGroupId"],
} as const;

export type AssignedSlug = keyof typeof OBJECTS;

/** An assignment, and the row to delete to remove it. */
type Assignment = { slug: AssignedSlug; id: string; rowId: string };

/** An object whose rows assign one or two resource types. */
interface Source {
  slugs: readonly AssignedSlug[];
  soql: (userId?: string) => string;
  /** The field that names the user. */
  whom: "AssigneeId" | "UserOrGroupId";
  /** Returns undefined for a row behind another assignment. */
  what: (row: any) => readonly [AssignedSlug, string] | undefined;
}

const TYPES_OF_SETS = new Set(["Regular", "Standard", "Session"]);

/** Returns the group of sets if an assignment is for one (not the set behind it), or the set itself. */
function toSet(row: {
  PermissionSetId: string | null;
  PermissionSetGroupId?: string;
  PermissionSet?: { Type: string };
}) {
  const { PermissionSetGroupId: group, PermissionSetId: set } = row;
  if (group) return ["permission_set_group", group] as const;
  return set && TYPES_OF_SETS.has(row.PermissionSet?.Type ?? "") ? (["permission_set", set] as const) : undefined;
}

/** Returns the sources of assignments, without types that the org does not have. */
export function sourcesOf(without: SalesforceConfig["without"]): Source[] {
  const isThere = (slug: AssignedSlug) => !(without as readonly string[]).includes(slug);
  const sets = (userId?: string) => permissionSetAssignments(isThere("permission_set_group"), userId);
  const toGroup = (row: MemberRow) => [row.Group?.Type === "Queue" ? "queue" : "public_group", row.GroupId] as const;
  const toLicense = (row: any) => ["permission_set_license", row.PermissionSetLicenseId] as const;
  const sources: Source[] = [
    { slugs: ["permission_set", "permission_set_group"], soql: sets, whom: "AssigneeId", what: toSet },
    { slugs: ["public_group", "queue"], soql: members, whom: "UserOrGroupId", what: toGroup },
    { slugs: ["permission_set_license"], soql: licenseAssignments, whom: "AssigneeId", what: toLicense },
  ];
  for (const source of sources) source.slugs = source.slugs.filter(isThere);
  return sources.filter(({ slugs }) => slugs.length > 0);
}

/** `held` returns the user's assignments of a type, read once for each object. */
export type Account = { user: UserRow; held: (slug: AssignedSlug) => Promise<Assignment[]> };

export async function findAccount({ client }: { client: Salesforce }, accountId: string): Promise<Account> {
  const user = await client.salesforce.getUser(accountId);
  const reads = sourcesOf(client.config.without).map(({ slugs, soql, what }) => {
    const toAssignment = (row: { Id: string }) => {
      const [slug, id] = what(row) ?? [];
      return slug && id ? [{ slug, id: toId18(id), rowId: row.Id }] : [];
    };
    const read = async () => (await Array.fromAsync(client.salesforce.query(soql(user.Id)))).flatMap(toAssignment);
    return { slugs, read: lazy(read) };
  });
  const readOf = (slug: AssignedSlug) => reads.find(({ slugs }) => slugs.includes(slug))?.read() ?? [];
  return { user, held: async (slug) => (await readOf(slug)).filter((assignment) => assignment.slug === slug) };
}

export const assignedAccess = (slug: AssignedSlug): Access<Salesforce, Account> => {
  const [object, what, whom] = OBJECTS[slug];
  return {
    list: async (_context, { held }, change) => (await held(slug)).map(({ id }) => asNamed(change, id)),
    add: ({ client: { salesforce } }, { user }, { id }) =>
      unless(salesforce.createAssignment(object, { [whom]: user.Id, [what]: id }), ...DUPLICATE),
    async remove({ client: { salesforce } }, { held }, { id }) {
      for (const assignment of await held(slug))
        if (assignment.id === toId18(id)) await unless(salesforce.deleteAssignment(object, assignment.rowId), ...GONE);
    },
  };
};

// Somebody else did it, or the response to the first attempt was lost.
const DUPLICATE = ["DUPLICATE_VALUE", "DUPLICATES_DETECTED"];
const GONE = ["NOT_FOUND", "ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY"];

async function unless(call: Promise<void>, ...codes: readonly string[]): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!isSalesforceError(error, ...codes)) throw error;
  }
}

/** Returns an id as the task names it, possibly with 15 characters. */
function asNamed({ added, removed }: Change, id: string): string {
  return [...added, ...removed].find((ref) => toId18(ref.id) === toId18(id))?.id ?? toId18(id);
}

const FIELDS = { profile: "ProfileId", role: "UserRoleId" } as const;

/** A user has at most one of each; one write sets both. */
export const fieldAccess = (slug: keyof typeof FIELDS): Access<Salesforce, Account> => ({
  check(_context, { added, removed }, { account }) {
    const current = slug === "profile" && added.length === 0 && account?.user.ProfileId;
    const message = `A Salesforce user always has a profile: ${current} cannot be removed without another one to replace it.`;
    if (current && removed.some(({ id }) => toId18(id) === toId18(current)))
      throw new TaskError("INTERNAL_ERROR", message);
  },
  get: (_context, { user }, change) => user[FIELDS[slug]] && asNamed(change, user[FIELDS[slug]]!),
  set: setFields,
});

async function setFields({ client }: { client: Salesforce }, { user }: Account, ids: { [slug: string]: unknown }) {
  const fields = Object.entries(ids).map(([slug, id]) => [FIELDS[slug as keyof typeof FIELDS], id]);
  await client.salesforce.update("User", user.Id, Object.fromEntries(fields) as Record<string, unknown>);
}

/** A user license comes with the profile, so a task may only name the license that its profile brings. */
export const userLicenseAccess: Access<Salesforce, Account> = {
  async check({ client: { salesforce } }, { added, removed }, { changes, account }) {
    type ProfileRow = { Id: string; Name: string; UserLicenseId: string };
    const id = changes["profile"]?.added[0]?.id ?? account?.user.ProfileId ?? "none";
    const profile = isIdOf("00e", id) ? await salesforce.first<ProfileRow>(QUERIES_OF.profile(id)) : undefined;
    const comes = profile && toId18(profile.UserLicenseId);
    const isSame = (ref: { id: string }) => toId18(ref.id) === comes;
    if (added.every(isSame) && !removed.some(isSame)) return;
    const brings = `profile ${profile?.Name ?? id} brings ${comes ?? "none"}`;
    const message = `A user license comes with the profile, and ${brings}. Assign a profile with that license instead.`;
    throw new TaskError("INTERNAL_ERROR", message);
  },
  list: (_context, { user: { Profile } }, change) =>
    Profile?.UserLicenseId ? [asNamed(change, Profile.UserLicenseId)] : [],
  add: async () => undefined,
  remove: async () => undefined,
};
