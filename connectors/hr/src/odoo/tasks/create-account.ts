import { isUpstreamError, TaskError, toOptionalText, type PayloadOf } from "@bridgekit/core";
import type { OdooClient } from "../odoo-client.ts";
import { isPointer, type User, type UserValues } from "../odoo-models.ts";
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
  const [email, username, first, last, display] = [
    toOptionalText(account.email, "the task's email"),
    toOptionalText(account.username, "the task's username"),
    toOptionalText(account.first_name, "the task's first_name"),
    toOptionalText(account.last_name, "the task's last_name"),
    toOptionalText(account.display_name, "the task's display_name"),
  ];
  const login = username ?? email;
  if (!login)
    throw new TaskError("INTERNAL_ERROR", "Odoo needs a login: the task names neither a username nor an email.");
  const fullName = [first, last].filter((part) => part !== undefined).join(" ");
  const values = { login, name: display ?? (fullName || login), ...(email !== undefined && { email }) };
  const { department, access_group } = splitRefs(memberships);

  const existing = await odoo.findUser(login);
  if (existing && !(interruptedAt && (await isOwnWork(odoo, existing, interruptedAt))))
    throw alreadyExists(odoo, existing);
  await findGroups(odoo, access_group ?? []);
  const target = await findTarget(odoo, department ?? []);
  const id = existing?.id ?? (await createUser(odoo, values, config.sendInvitations));

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

async function createUser(odoo: OdooClient, values: UserValues, invite: boolean): Promise<number> {
  const { login } = values;
  try {
    return await odoo.createUser(values, { invite });
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
  const uid = await odoo.whoAmI();
  const createdAt = Date.parse(`${user.create_date.replace(" ", "T")}Z`);
  const isByUs = isPointer(user.create_uid) && user.create_uid[0] === uid;
  return isByUs && createdAt >= interruptedAt.getTime() - CLOCK_TOLERANCE_MILLISECONDS;
}
