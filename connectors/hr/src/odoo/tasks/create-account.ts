import { isUpstreamError, TaskError, type PayloadOf } from "@bridgekit/core";
import type { OdooClient } from "../odoo-client.ts";
import type { User } from "../odoo-models.ts";
import { changeDepartment, findTarget } from "./change-department.ts";
import { changeGroups, findGroups } from "./change-groups.ts";
import { splitRefs } from "./split-refs.ts";

interface Client {
  odoo: OdooClient;
  config: { sendInvitations: boolean };
}

/**
 * Creates the user, after a search by login (Odoo's own refusal of a duplicate is a translated text) and for whatever it is
 * to be in. The groups are given afterwards: in the same call they would replace those that Odoo gives to every new user.
 */
export async function createAccount(
  { odoo, config }: Client,
  { account, memberships = {} }: PayloadOf<any>,
  interruptedAt: Date | undefined,
) {
  const login = account.username ?? account.email;
  if (!login)
    throw new TaskError("INTERNAL_ERROR", "Odoo needs a login: the task names neither a username nor an email.");
  const { department, access_group } = splitRefs(memberships);

  const existing = await odoo.findUser(login);
  if (existing && !(interruptedAt && (await isOwnWork(odoo, existing, interruptedAt))))
    throw alreadyExists(odoo, existing);
  await findGroups(odoo, access_group ?? []);
  const target = await findTarget(odoo, department ?? []);
  const id = existing?.id ?? (await createUser(odoo, login, account, config.sendInvitations));

  try {
    if (access_group) await changeGroups(odoo, id, { added: access_group });
    if (department) await changeDepartment(odoo, id, { added: department }, { target, isNew: true });
  } catch (error) {
    const code = isUpstreamError(error) || error instanceof TaskError ? error.code : "INTERNAL_ERROR";
    throw new TaskError(code, `User ${id} was created, but not all of its memberships: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return { account: { id: String(id) } };
}

async function createUser(odoo: OdooClient, login: string, account: Account, invite: boolean): Promise<number> {
  const fullName = [account.first_name, account.last_name].filter(Boolean).join(" ");
  const name = account.display_name || fullName || login;
  try {
    return await odoo.createUser({ login, name, ...(account.email && { email: account.email }) }, { invite });
  } catch (error) {
    if (!isUpstreamError(error)) throw error;
    // A lost answer, or somebody who was quicker: the login was free a moment ago, so look again.
    const isRefused = error.status === 422;
    const found = isRefused || error.effect === "unknown" ? await odoo.findUser(login) : undefined;
    if (!found) throw error;
    if (isRefused) throw alreadyExists(odoo, found);
    return found.id;
  }
}

interface Account {
  email?: string;
  first_name?: string;
  last_name?: string;
  display_name?: string;
}

function alreadyExists(odoo: OdooClient, user: User): TaskError {
  const state = user.active ? "" : ", archived";
  return new TaskError(
    "ACCOUNT_ALREADY_EXISTS",
    `${odoo.system} has the login "${user.login}" already: user ${user.id}${state}.`,
  );
}

// Odoo's clock and ours may differ by this much.
const CLOCK_TOLERANCE_MILLISECONDS = 5 * 60_000;

/** Whether an execution that was cut off has made this user: by our key's user, and not before it began. */
async function isOwnWork(odoo: OdooClient, user: User, interruptedAt: Date): Promise<boolean> {
  const { uid } = await odoo.whoAmI();
  const createdAt = Date.parse(`${user.create_date.replace(" ", "T")}Z`);
  const isByUs = user.create_uid !== false && user.create_uid[0] === uid;
  return isByUs && createdAt >= interruptedAt.getTime() - CLOCK_TOLERANCE_MILLISECONDS;
}
