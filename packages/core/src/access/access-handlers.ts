import type { Ref, TaskPayload, TaskResult } from "@bridgekit/client";
import type { AccountState, Connector, ConnectorContext, TaskContext } from "../connector/connector.ts";
import type { ResourceTypes } from "../connector/resource-types.ts";
import type { Access, CreateOnce } from "./access.ts";
import { applyChanges, readHeld, withReason } from "./apply-changes.ts";
import { checkChanges } from "./check-changes.ts";
import { createOnce, findOwnWork, toWish } from "./create-once.ts";
import { deleteOnce } from "./delete-once.ts";
import { toChanges } from "./to-changes.ts";

interface Definition {
  title: string;
  resourceTypes: ResourceTypes;
  findAccount?: (context: any, id: string, isOwn: boolean) => unknown;
  access?: Readonly<Record<string, Access | undefined>>;
  create?: CreateOnce<any, any>;
  tasks?: Connector["tasks"];
}

/**
 * Makes the handlers of `update_account` and `create_account` and their verification from what a connector declares, and
 * makes its `delete_account` safe to repeat.
 */
export function accessHandlers(definition: object): Pick<Connector, "tasks" | "verify"> {
  const {
    title,
    resourceTypes,
    access: declared,
    create,
    tasks,
    findAccount = (_context, id) => id,
  } = definition as Definition;
  const deleteAccount = tasks?.delete_account;
  const access = (declared ?? {}) as Readonly<Record<string, Access>>;

  async function updateAccount(context: TaskContext<unknown>, payload: TaskPayload): Promise<void> {
    const changes = toChanges(title, access, payload.changes);
    const account = await findAccount(context, payload.account.id, false);
    await checkChanges(context, { title, resourceTypes, access }, { changes, account });
    await applyChanges(context, access, changes, { account, isNew: false });
  }

  async function createAccount(context: TaskContext<unknown>, payload: TaskPayload): Promise<TaskResult> {
    const changes = toChanges(title, access, withDefaults(toAdded(payload), create!.defaults?.(context)));
    const wish = toWish(title, payload.account, create!.needs);
    const found = await findOwnWork(title, create!, context, wish);
    await checkChanges(context, { title, resourceTypes, access }, { changes, account: undefined });
    const { id, isNew } = found ?? (await createOnce(title, create!, context, { wish, changes }));
    const gives: readonly string[] = isNew ? (create!.gives ?? []) : [];
    const left = Object.fromEntries(Object.entries(changes).filter(([slug]) => !gives.includes(slug)));
    try {
      if (Object.keys(left).length > 0)
        await applyChanges(context, access, left, { account: await findAccount(context, id, true), isNew });
    } catch (error) {
      throw withReason(error, (message) => `Account ${id} was created, but not all of its access: ${message}`);
    }
    return { account: { id } };
  }

  function withDefaults(
    added: Record<string, { added: Ref[] }>,
    defaults: { [slug: string]: readonly string[] | undefined } = {},
  ) {
    const all = { ...added };
    for (const [slug, ids = []] of Object.entries(defaults)) {
      const named = added[slug]?.added ?? [];
      const isSingle = "set" in access[slug]!;
      if (ids.length > 0 && (!isSingle || named.length === 0))
        all[slug] = { added: [...named, ...ids.map((id) => ({ id }))] };
    }
    return all;
  }

  async function verifyAccess(context: ConnectorContext<unknown>, payload: TaskPayload): Promise<AccountState> {
    const changes = toChanges(title, access, { ...toAdded(payload), ...payload.changes });
    const account = await findAccount(context, payload.account.id, false);
    const memberships: Record<string, { id: string }[]> = {};
    const kept: Record<string, string> = {};
    for (const [slug, change] of Object.entries(changes)) {
      const ids = await readHeld(context, access[slug]!, account, change!);
      memberships[slug] = ids.map((id) => ({ id }));
      const why = access[slug]!.kept;
      if (why !== undefined) kept[slug] = why;
    }
    return { memberships, kept };
  }

  return {
    tasks: {
      ...(declared && { update_account: updateAccount }),
      ...(create && { create_account: createAccount }),
      ...(deleteAccount && { delete_account: deleteOnce(deleteAccount) }),
    },
    verify: declared ? { update_account: verifyAccess, create_account: verifyAccess } : {},
  };
}

function toAdded({ memberships = {} }: TaskPayload): Record<string, { added: Ref[] }> {
  return Object.fromEntries(Object.entries(memberships).map(([slug, added]) => [slug, { added }]));
}
