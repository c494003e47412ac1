import {
  createBambooSandbox,
  type BambooEmployeeRow,
  type BambooSandbox,
  type BambooState,
} from "@bridgekit/connector-hr/sandbox";
import { join } from "node:path";
import type { Addresses } from "../addresses.ts";
import { readState, writeState } from "../keep-state.ts";
import { planTask } from "../plan-task.ts";
import type { Plan, System } from "../system.ts";

/** Starts the BambooHR of the third region in its state of the last run. Tasks wait in it. */
export async function startBambooHr(folder: string, addresses: Addresses): Promise<System> {
  const file = join(folder, "bamboohr-americas.json");
  const apiKey = "sandbox-key-americas";
  const state = await readState<BambooState>(file);
  const bamboo = createBambooSandbox({ apiKey, seed: { employees: 100, region: "americas" }, ...(state && { state }) });
  const server = await addresses.listen("hr-americas", (port) => bamboo.listen({ port }));
  return {
    key: "hr-americas",
    url: server.url,
    settings: { HR_AMERICAS_URL: server.url, HR_AMERICAS_API_KEY: apiKey },
    countAccounts: () => bamboo.company.employees.size,
    planTasks: () => planBambooHrTasks(bamboo),
    save: () => writeState(file, bamboo.snapshot()),
    close: () => server.close(),
  };
}

/** Supported actions, an unsupported one, and a task for an employee who is deleted meanwhile. */
function planBambooHrTasks(bamboo: BambooSandbox): Plan {
  const { company } = bamboo;
  const today = company.today();
  const people = [...company.employees.values()].filter(({ id }) => {
    const row = company.employmentStatus.rowOf(id, today);
    return company.option("employmentHistoryStatus", row?.employmentStatus)?.name === "Full-Time";
  });
  const [moved, suspended, deleted, leaver] = people.slice(-4);
  const department = company.lists.department.find(
    ({ id, isArchived }) => !isArchived && moved && id !== company.jobInfo.rowOf(moved.id, today)?.department,
  );
  if (!moved || !suspended || !deleted || !leaver || !department)
    throw new Error("BambooHR has too few people for this; remove the demo's data folder to start again.");

  const newcomer = {
    id: "wanted-1",
    email: `sam.rivera.${Math.max(...company.employees.keys()) + 1}@example.com`,
    first_name: "Sam",
    last_name: "Rivera",
  };
  const changes = { department: { added: [{ id: String(department.id) }] } };
  return {
    leaver: { ...toPerson(leaver), leave: () => bamboo.remove(leaver.id) },
    // A terminated employee stays, as inactive.
    removed: 1,
    tasks: [
      {
        task: { action: "create_account", payload: { account: newcomer } },
        who: "Sam Rivera",
        ends: "completed",
        leaves: "active",
      },
      planTask("update_account", toPerson(moved), "active", { changes }),
      {
        ...planTask("suspend_account", toPerson(suspended), "active"),
        ends: "refused",
        says: "an administrator does it in BambooHR",
      },
      planTask("delete_account", toPerson(deleted), "inactive"),
      { ...planTask("delete_account", toPerson(leaver), "inactive"), ends: "ACCOUNT_NOT_FOUND" },
    ],
  };
}

function toPerson({ id, firstName, lastName }: BambooEmployeeRow) {
  return { id: String(id), name: `${firstName} ${lastName}` };
}
