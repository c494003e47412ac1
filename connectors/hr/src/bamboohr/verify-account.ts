import type { PayloadOf, TaskAction } from "@bridgekit/core";
import { GROUP_SLUGS, ID_FIELD, type GroupSlug } from "./bamboohr-models.ts";
import type { BambooHr } from "./connect.ts";
import { readStatus } from "./tasks/delete-account.ts";
import { toEmployeeId } from "./tasks/to-employee-id.ts";

/** Reads an employee back, as far as the task was about it. What the key does not see is not compared. */
export async function verifyAccount(client: BambooHr, { account }: PayloadOf<any>, action: TaskAction) {
  const id = toEmployeeId(account.id);
  if (action === "delete_account") return { status: await readStatus(client, id) };
  const employee = await client.api.getEmployee(id, Object.values(ID_FIELD));
  const memberships: { [Slug in GroupSlug]?: { id: string }[] } = {};
  for (const slug of GROUP_SLUGS) {
    const value = employee[ID_FIELD[slug]];
    if (value !== undefined) memberships[slug] = value === null ? [] : [{ id: value }];
  }
  return { memberships };
}
