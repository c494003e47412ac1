import { createRefsByAccount, toOptionalText, toTexts, type RecordStatus, type Ref } from "@bridgekit/core";
import { sourcesOf, type AssignedSlug } from "./assignments.ts";
import { ifPresent, type Context } from "./groups.ts";
import { QUERIES, type LoginRow, type MemberRow, type UserRow } from "./queries.ts";
import { toId18 } from "./salesforce-ids.ts";

type Row = { Id: string; AssigneeId?: string; UserOrGroupId?: string };

/**
 * Reads all users of type Standard. Salesforce silently omits rows that the caller may not see, so every user must have a
 * login, and everybody with an assignment must be among the users.
 */
export async function* readAccounts({ client, partial, unknownRefs }: Context, members: () => Promise<MemberRow[]>) {
  const { salesforce, config } = client;
  const frozen = new Map<string, unknown>();
  for await (const { UserId, IsFrozen } of salesforce.query<LoginRow>(QUERIES.logins))
    frozen.set(toId18(UserId), IsFrozen);

  // Read by object, not by user. If an object is missing, users keep what they have of it.
  const refs = new Map<AssignedSlug, ReturnType<typeof createRefsByAccount>>();
  const assignees = new Set<string>();
  for (const { slugs, soql, what, whom } of sourcesOf(config.without)) {
    for (const slug of slugs) refs.set(slug, createRefsByAccount());
    const isOfUsers = whom === "AssigneeId";
    const absent = (reason: string) => slugs.forEach((slug) => unknownRefs(slug, reason));
    const rows = isOfUsers ? salesforce.query<Row>(soql()) : each(members);
    for await (const row of ifPresent<Row>(rows, `what users have of ${slugs.join(" and ")}`, absent)) {
      const userId = toId18(row[whom]!);
      if (isOfUsers) assignees.add(userId);
      const [slug, id] = what(row) ?? [];
      if (slug) refs.get(slug)?.add(userId, toId18(id!));
    }
  }
  const refsOf = <Slug extends AssignedSlug>(id: string, ...slugs: Slug[]) => {
    const entries = slugs.flatMap((slug) => (refs.has(slug) ? [[slug, refs.get(slug)!.of(id)]] : []));
    return Object.fromEntries(entries) as Partial<Record<Slug, Ref[]>>;
  };

  const [withoutLogin, withoutStatus] = [new Set<string>(), new Set<string>()];
  for await (const user of salesforce.query<UserRow>(QUERIES.users)) {
    const id = toId18(user.Id);
    assignees.delete(id);
    const status = toStatus(user.IsActive, frozen.get(id));
    if (status === undefined) (frozen.get(id) === undefined ? withoutLogin : withoutStatus).add(id);
    else if (frozen.get(id) === undefined) withoutLogin.add(id);
    const { memberships, assignments, ...account } = toAccount(user, partial);
    const groups = refsOf(id, "permission_set", "permission_set_group", "public_group", "queue");
    yield {
      ...account,
      ...(status && { status }),
      memberships: { ...memberships, ...groups },
      assignments: { ...assignments, ...refsOf(id, "permission_set_license") },
    };
  }
  const say = (users: ReadonlySet<string>, what: string, advice: string) => {
    const [first] = users;
    if (first !== undefined) partial(`Salesforce ${what} ${users.size} users, such as ${first}; ${advice}`);
  };
  const status = "does not return whether these are active or frozen:";
  say(withoutStatus, status, "the connector's user needs to read IsActive and IsFrozen");
  const login = "does not show the login, and so whether frozen, of";
  say(withoutLogin, login, "the connector's user needs Manage Users");
  say(assignees, "does not list, although they have assignments,", "the connector's user needs View All Users");
}

async function* each<Row>(rows: () => Promise<readonly Row[]>): AsyncGenerator<Row> {
  yield* await rows();
}

/** Converts a user; the user license comes with the profile. */
function toAccount(user: UserRow, partial: (reason: string) => void) {
  const id = toId18(user.Id);
  const fields = { email: "Email", first_name: "FirstName", last_name: "LastName", display_name: "Name" };
  const refOf = (value: unknown, field: string) => {
    const ref = toOptionalText(value, `Salesforce's ${field} of user ${id}`, partial);
    return ref ? [{ id: toId18(ref) }] : [];
  };
  return {
    id,
    username: user.Username,
    ...toTexts(user, fields, `user ${id}`, (reason) => partial(`Salesforce's ${reason}`)),
    memberships: { profile: refOf(user.ProfileId, "ProfileId"), role: refOf(user.UserRoleId, "UserRoleId") },
    assignments: { user_license: refOf(user.Profile?.UserLicenseId, "license") },
  };
}

/** A frozen user cannot sign in and keeps the license; an inactive one has none. Undefined if unknown. */
export function toStatus(isActive: unknown, isFrozen: unknown): RecordStatus | undefined {
  if (isActive === false) return "inactive";
  if (isActive !== true || typeof isFrozen !== "boolean") return undefined;
  return isFrozen ? "suspended" : "active";
}
