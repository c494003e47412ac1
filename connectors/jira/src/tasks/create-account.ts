import { isTaskError, isUpstreamError, TaskError, toIdentity, toOptionalText, type PayloadOf } from "@bridgekit/core";
import type { JiraClient } from "../jira-client.ts";
import type { JiraUser } from "../jira-models.ts";
import { isDeactivated, isSuspended, type OrganizationClient } from "../organization-client.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { readMember } from "./change-groups.ts";
import { rejectUnknownTypes } from "./reject-unknown-types.ts";
import { changeAccess } from "./update-account.ts";

interface Client {
  jira: JiraClient;
  organization: OrganizationClient | undefined;
  config: { newAccountProducts: readonly string[] };
}

/**
 * Invites the person, after a search by email: Jira answers 201 for somebody who has access already. After an execution
 * that was cut off, whoever is found is taken for its work: Jira does not tell when an account was made or by whom.
 */
export async function createAccount(
  { jira, organization, config }: Client,
  { account, memberships = {} }: PayloadOf<any>,
  interruptedAt: Date | undefined,
) {
  const email = toOptionalText(account.email, "email of the task")?.trim();
  if (!email) throw new TaskError("INTERNAL_ERROR", "Jira invites people by email, and the task names none.");
  const { group, project_role, product, ...unknown } = memberships;
  rejectUnknownTypes(unknown);
  const products = [...new Set([...config.newAccountProducts, ...(product ?? []).map(({ id }) => id)])];

  const existing = await findByEmail(jira, email);
  if (existing && !interruptedAt) throw alreadyExists(jira, email, existing);
  const { accountId, hasProducts } = existing
    ? { accountId: existing.accountId, hasProducts: false }
    : await invite({ jira, organization }, email, products);

  try {
    // Somebody new is in the default groups of the products, and adding to a group twice does no harm.
    const member = hasProducts ? { accountId, groupIds: new Set<string>() } : await readMember(jira, accountId);
    await changeAccess(jira, member, {
      group: { added: group ?? [] },
      project_role: { added: project_role ?? [] },
      product: { added: hasProducts ? [] : products.map((id) => ({ id })) },
    });
  } catch (error) {
    const code = isUpstreamError(error) || isTaskError(error) ? error.code : "INTERNAL_ERROR";
    throw new TaskError(code, `User ${accountId} was created, but not all of its access: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return { account: { id: accountId } };
}

interface Invited {
  accountId: string;
  /** Whether Jira gave the products as well; where its answer leaves that open they are given again. */
  hasProducts: boolean;
}

async function invite(
  { jira, organization }: Omit<Client, "config">,
  email: string,
  products: readonly string[],
): Promise<Invited> {
  try {
    const { accountId } = await jira.createUser(email, products);
    return { accountId, hasProducts: true };
  } catch (error) {
    if (!isUpstreamError(error)) throw error;
    if (error.status === 400 && /\bexists\b/i.test(error.message))
      throw alreadyExists(jira, email, await findInactive(jira, organization, email), error);
    // The answer may be lost; a 500 is also what Jira says of somebody who was there before; and a 400 may come
    // although the invitation went out. The email was free a moment ago, so whoever has it now was invited by this.
    const isDoubtful = error.status === 400 || error.effect === "unknown";
    const found = isDoubtful ? await findByEmail(jira, email) : undefined;
    if (found) return { accountId: found.accountId, hasProducts: false };
    if (/failed to add user/i.test(error.message))
      throw new TaskError(
        "INTERNAL_ERROR",
        `${error.message}. Jira answers this also where the invitation went out, but the account does not show yet: ` +
          `once it is accepted, the next sync brings the account of ${email}.`,
        { cause: error },
      );
    throw await explainRefusal(jira, error, { takesSeatOf: ({ key }) => products.includes(key) });
  }
}

/** Who has an email and is not active, whom Jira's search does not find; only after a refusal, since it reads everybody. */
async function findInactive(
  jira: JiraClient,
  organization: OrganizationClient | undefined,
  email: string,
): Promise<KnownUser | undefined> {
  const wanted = toIdentity(email);
  if (organization) {
    for await (const user of organization.users()) {
      if (toIdentity(user.email) !== wanted) continue;
      const state = isSuspended(user) ? "suspended" : isDeactivated(user) ? "deactivated" : undefined;
      return { accountId: user.accountId, displayName: user.name ?? email, state };
    }
    return undefined;
  }
  for await (const user of jira.users())
    if (!user.active && toIdentity(user.emailAddress) === wanted) return { ...user, state: "deactivated" };
  return undefined;
}

/**
 * The user whom Jira finds by the whole email. One whose profile hides it counts too: that Jira found it says enough,
 * where one whose email is shown and is another is a mere namesake.
 */
async function findByEmail(jira: JiraClient, email: string): Promise<JiraUser | undefined> {
  const wanted = toIdentity(email);
  const people = (await jira.searchUsers(email)).filter(({ accountType }) => accountType === "atlassian");
  if (people.length === 0) await demandSearch(jira);
  const exact = people.find(({ emailAddress }) => toIdentity(emailAddress) === wanted);
  const hidden = people.filter(({ emailAddress }) => toIdentity(emailAddress) === undefined);
  if (!exact && hidden.length > 1)
    throw new TaskError(
      "ACCOUNT_ALREADY_EXISTS",
      `${jira.system} finds ${hidden.length} users for ${email} and hides their emails, so it can't be told whose it is: ` +
        `${hidden.map(({ accountId }) => accountId).join(", ")}.`,
    );
  return exact ?? hidden[0];
}

/** Jira finds nobody for whoever may not search, and would then invite somebody who is there. */
async function demandSearch(jira: JiraClient): Promise<void> {
  const { USER_PICKER } = await jira.permissions(["USER_PICKER"]);
  if (USER_PICKER) return;
  throw new TaskError(
    "PERMISSION_DENIED",
    `The API token's user lacks "Browse users and groups" in ${jira.system}, so it can't be told whether the account exists.`,
  );
}

type KnownUser = Pick<JiraUser, "accountId" | "displayName"> & { state?: "suspended" | "deactivated" | undefined };

function alreadyExists(jira: JiraClient, email: string, user: KnownUser | undefined, cause?: Error): TaskError {
  const advice = user?.state ? `, who is ${user.state}; use unsuspend_account to bring the account back` : "";
  const who = user ? `user ${user.accountId}, ${user.displayName}${advice}` : cause?.message;
  return new TaskError("ACCOUNT_ALREADY_EXISTS", `${jira.system} has an account for ${email} already: ${who}.`, {
    cause,
  });
}
