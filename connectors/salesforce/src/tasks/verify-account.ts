import type { AccountState, PayloadOf, Ref, TaskAction } from "@bridgekit/core";
import { QUERIES_OF } from "../queries.ts";
import type { AssignedSlug } from "../read-assignments.ts";
import type { SalesforceClient } from "../salesforce-client.ts";
import type { SalesforceConfig } from "../salesforce-config.ts";
import { toId18 } from "../salesforce-ids.ts";
import type { UserLoginRow } from "../salesforce-models.ts";
import { toStatus } from "../to-status.ts";
import { findUser } from "./find-user.ts";
import { readHeldRows } from "./held-rows.ts";

interface Client {
  config: Pick<SalesforceConfig, "without" | "delete">;
  salesforce: SalesforceClient;
}

/** Reads a user back after a task, as far as the task was about it. */
export async function verifyAccount(
  { config, salesforce }: Client,
  { account, memberships = {}, changes = {} }: PayloadOf<any>,
  action: TaskAction,
): Promise<AccountState<any>> {
  const user = await findUser(salesforce, account.id);
  const login = await salesforce.first<UserLoginRow>(QUERIES_OF.login(user.Id));
  const status = toStatus(user.IsActive, login?.IsFrozen);
  // Where deleting is freezing, somebody frozen is as deleted as can be.
  const isGone = action === "delete_account" && config.delete === "freeze" && login?.IsFrozen === true;

  const named = [...Object.values(memberships), ...Object.values(changes).map(toRefs)].flatMap((refs) => refs ?? []);
  // As the task wrote them: it may have named 15 characters.
  const asNamed = new Map(named.map(({ id }) => [toId18(id), id]));
  const toRef = (id: string): Ref => ({ id: asNamed.get(toId18(id)) ?? toId18(id) });
  const single = (id: string | null | undefined) => (id ? [toRef(id)] : []);

  const slugs = [...Object.keys(memberships), ...Object.keys(changes)];
  const held = await readHeldRows(salesforce, config.without, user.Id, slugs);
  const refsOf = (...of: readonly AssignedSlug[]) =>
    Object.fromEntries(
      of
        .filter((slug) => slugs.includes(slug))
        .map((slug) => [slug, held.filter((row) => row.slug === slug).map(({ id }) => toRef(id))]),
    );
  return {
    ...(isGone ? { status: "inactive" } : status && { status }),
    memberships: {
      profile: single(user.ProfileId),
      role: single(user.UserRoleId),
      ...refsOf("permission_set", "permission_set_group", "public_group", "queue"),
    },
    assignments: {
      user_license: single(user.Profile?.UserLicenseId),
      ...refsOf("permission_set_license"),
    },
  };
}

function toRefs(change: { added?: Ref[]; removed?: Ref[] } | undefined): Ref[] {
  return [...(change?.added ?? []), ...(change?.removed ?? [])];
}
