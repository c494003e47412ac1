import { isUpstreamError, TaskError, type Access, type Ref } from "@bridgekit/core";
import type { Jira } from "./accounts.ts";
import type { JiraClient, JiraProduct } from "./jira-client.ts";

/** An account and the ids of its groups, updated with each change. */
export type Member = { accountId: string; groupIds: Set<string> };

// Atlassian's apps are in these groups; a person in one of them would get an app's rights.
const APP_GROUPS = new Set(["atlassian-addons", "atlassian-addons-admin", "system-administrators"]);

export const groupAccess: Access<Jira, Member> = {
  // Jira's 404 only mentions users, even if the group is missing.
  async exists({ client: { jira } }, ids) {
    const groups = await jira.groupsById(ids);
    const app = groups.find(({ name }) => APP_GROUPS.has(name));
    const message = `Group "${app?.name}" belongs to Atlassian's apps and cannot be changed.`;
    if (app) throw new TaskError("PERMISSION_DENIED", message);
    return groups.map(({ groupId }) => groupId);
  },
  list: (_context, { groupIds }) => [...groupIds],
  add: ({ client: { jira } }, member, { id }) => joinGroup(jira, member, id),
  remove: ({ client: { jira } }, member, { id }) => leaveGroup(jira, member, id),
};

/** Members of a product's groups have the product; new users join its default groups. */
export const productAccess: Access<Jira, Member> = {
  exists: async ({ client: { jira } }) => (await jira.products()).map(({ key }) => key),
  async list({ client: { jira } }, member) {
    return (await jira.products()).filter((product) => isIn(member, product)).map(({ key }) => key);
  },
  async add({ client: { jira } }, member, { id }) {
    const product = await findProduct(jira, id);
    // A group added by the same task may include it.
    if (isIn(member, product)) return;
    const groups = product.defaultGroupsDetails ?? [];
    const message = `${product.name} has no default group for new users; add the account to one of its groups.`;
    if (groups.length === 0) throw new TaskError("INTERNAL_ERROR", message);
    for (const { groupId } of groups) await joinGroup(jira, member, groupId);
  },
  async remove({ client: { jira } }, member, { id }) {
    for (const { groupId } of (await findProduct(jira, id)).groupDetails ?? [])
      if (member.groupIds.has(groupId)) await leaveGroup(jira, member, groupId);
  },
};

const findProduct = async (jira: JiraClient, id: string) => (await jira.products()).find(({ key }) => key === id)!;

const isIn = ({ groupIds }: Member, { groupDetails }: JiraProduct) =>
  (groupDetails ?? []).some(({ groupId }) => groupIds.has(groupId));

/** A role held through a group can only be removed with the group. */
export const projectRoleAccess: Access<Jira, Member> = {
  async list({ client: { jira } }, member, { added, removed }) {
    const ids: string[] = [];
    for (const ref of [...added, ...removed]) {
      const { isActor, groups } = await readHolder(jira, member, ref);
      if (isActor || (groups.length > 0 && removed.includes(ref))) ids.push(ref.id);
    }
    return ids;
  },
  async add({ client: { jira } }, { accountId }, ref) {
    const { projectId, roleId } = parseRoleId(ref);
    const isDone = /already a member of the project role/i;
    await orExplain(jira, jira.addActor(projectId, roleId, accountId), { accountId, isDone });
  },
  async remove({ client: { jira } }, member, ref) {
    const { projectId, roleId } = parseRoleId(ref);
    const { isActor, groups } = await readHolder(jira, member, ref);
    const { accountId } = member;
    if (isActor) await orExplain(jira, jira.removeActor(projectId, roleId, accountId), { accountId });
    if (groups.length === 0) return;
    const what = `User ${accountId} still holds ${describe(ref)} through group ${groups.join(", ")}`;
    throw new TaskError("INTERNAL_ERROR", `${what}; remove the group as well.`);
  },
};

/** Whether an account holds a role directly, and the groups through which it does. */
async function readHolder(jira: JiraClient, { accountId, groupIds }: Member, ref: Ref) {
  const { projectId, roleId } = parseRoleId(ref);
  try {
    const actors = await jira.actorsOf(projectId, roleId);
    const groups = actors.flatMap(({ actorGroup: group }) =>
      group && groupIds.has(group.groupId) ? [`"${group.name}" (${group.groupId})`] : [],
    );
    return { isActor: actors.some(({ actorUser }) => actorUser?.accountId === accountId), groups };
  } catch (error) {
    if (!isUpstreamError(error, 404)) throw error;
    const needed = "Administer Projects there or Administer Jira";
    const what = `${jira.system} has no ${describe(ref)}, or hides it from the API token's user, who then needs ${needed}`;
    throw new TaskError("INTERNAL_ERROR", `${what}: ${error.message}`, { cause: error });
  }
}

function parseRoleId(ref: Ref): { projectId: string; roleId: string } {
  const [, projectId, roleId] = /^(\d+):(\d+)$/.exec(ref.id) ?? [];
  if (projectId !== undefined && roleId !== undefined) return { projectId, roleId };
  const message = `Jira has no ${describe(ref)}: ids are PROJECT:ROLE, in numbers.`;
  throw new TaskError("INTERNAL_ERROR", message);
}

async function joinGroup(jira: JiraClient, { accountId, groupIds }: Member, groupId: string): Promise<void> {
  const takesSeatOf = ({ groupDetails }: JiraProduct) => (groupDetails ?? []).some((one) => one.groupId === groupId);
  const joining = jira.addToGroup(groupId, accountId);
  await orExplain(jira, joining, { accountId, takesSeatOf, isDone: /already a member of/i });
  groupIds.add(groupId);
}

async function leaveGroup(jira: JiraClient, { accountId, groupIds }: Member, groupId: string): Promise<void> {
  await orExplain(jira, jira.removeFromGroup(groupId, accountId), { accountId, isDone: /not a member of/i });
  groupIds.delete(groupId);
}

const describe = ({ id, name }: Ref) => (name ? `project role "${name}" (${id})` : `project role ${id}`);

interface Refused {
  accountId?: string;
  /** Jira's text if there is nothing to change. */
  isDone?: RegExp;
  /** Whether the change takes a seat of this product. */
  takesSeatOf?: (product: JiraProduct) => boolean;
}

async function orExplain(jira: JiraClient, call: Promise<void>, refused: Refused): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(isUpstreamError(error, 400, 404) && refused.isDone?.test(error.message)))
      throw await explainRefusal(jira, error, refused);
  }
}

/**
 * Asks Jira again why it refused to change an account, because its messages do not say. Returns the error to throw: the
 * refusal itself if there is no better explanation.
 */
export async function explainRefusal(jira: JiraClient, refusal: unknown, refused: Refused): Promise<unknown> {
  const { accountId, takesSeatOf } = refused;
  if (isUpstreamError(refusal, 404) && accountId !== undefined) return explainMissing(jira, refusal, accountId);
  if (!isUpstreamError(refusal, 400, 409)) return refusal;
  // If that fails, report the refusal itself.
  const products = takesSeatOf ? await jira.products().catch(() => []) : [];
  const exhausted = products.filter(
    (product) => takesSeatOf!(product) && !product.hasUnlimitedSeats && (product.remainingSeats ?? 1) <= 0,
  );
  if (exhausted.length === 0 && !isLimit(refusal)) return refusal;
  const seats = exhausted.map(({ name, numberOfSeats }) => `No free seat of ${name}: it has ${numberOfSeats}. `);
  return new TaskError("LICENSE_EXHAUSTED", `${seats.join("")}${refusal.message}`, { cause: refusal });
}

export const isLimit = ({ message }: Error) => /licen[cs]e|user limit/i.test(message);

/** A 404 means either that the user does not exist or that the caller may not do this. */
async function explainMissing(jira: JiraClient, refusal: Error, accountId: string): Promise<unknown> {
  try {
    await jira.getUser(accountId);
  } catch (error) {
    return isUpstreamError(error, "ACCOUNT_NOT_FOUND") ? error : refusal;
  }
  const message =
    `${refusal.message}. User ${accountId} exists, so the API token's user is not allowed to change it: ` +
    "groups need site administration, project roles Administer Projects or Administer Jira.";
  return new TaskError("PERMISSION_DENIED", message, { cause: refusal });
}
