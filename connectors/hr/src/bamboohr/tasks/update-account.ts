import { TaskError, type PayloadOf } from "@bridgekit/core";
import type { BambooHrClient } from "../bamboohr-client.ts";
import { ID_FIELD, type EmployeeValues } from "../bamboohr-models.ts";
import { readOptions } from "../options.ts";
import { readChanges, toOptionName, toSingleId } from "./group-values.ts";
import { toEmployeeId } from "./to-employee-id.ts";

/** Sets department, division and location in one write; giving one replaces the one before. */
export async function updateAccount(api: BambooHrClient, { account, changes = {} }: PayloadOf<any>): Promise<void> {
  const id = toEmployeeId(account.id);
  const wanted = readChanges(changes);
  const current = await api.getEmployee(
    id,
    wanted.map(([slug]) => ID_FIELD[slug]),
  );
  const next = wanted.flatMap(([slug, change]) => {
    const value = current[ID_FIELD[slug]];
    if (value === undefined)
      throw new TaskError(
        "PERMISSION_DENIED",
        `${api.system} does not show the ${slug} of employee ${id} to the API key.`,
      );
    const left = toSingleId(slug, value, change);
    return left === undefined ? [] : [[slug, left] as const];
  });
  if (next.length === 0) return;

  const isAnyGiven = next.some(([, optionId]) => optionId !== null);
  const options = isAnyGiven ? await readOptions(api) : {};
  const values: EmployeeValues = {};
  for (const [slug, optionId] of next) values[slug] = optionId === null ? "" : toOptionName(options, slug, optionId);
  await api.updateEmployee(id, values);
}
