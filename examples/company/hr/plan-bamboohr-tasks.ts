import type { TaskAction } from "@bridgekit/client";
import type { BambooEmployeeRow, BambooSandbox } from "@bridgekit/connector-hr/sandbox";
import type { Plan, PlannedTask } from "../system.ts";

/** What BambooHR offers, something that it does not, and a task for somebody whose record is deleted meanwhile. */
export function planBambooHrTasks(bamboo: BambooSandbox): Plan {
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
    throw new Error("BambooHR has too few people for this; remove the demo's data folder to begin anew.");

  const newcomer = {
    id: "wanted-1",
    email: `sam.rivera.${Math.max(...company.employees.keys()) + 1}@example.com`,
    first_name: "Sam",
    last_name: "Rivera",
  };
  const changes = { department: { added: [{ id: String(department.id) }] } };
  return {
    leaver: { id: String(leaver.id), name: nameOf(leaver), leave: () => bamboo.remove(leaver.id) },
    // Whoever is terminated stays, as inactive.
    removed: 1,
    tasks: [
      {
        task: { action: "create_account", payload: { account: newcomer } },
        who: "Sam Rivera",
        ends: "completed",
        leaves: "active",
      },
      plan("update_account", moved, "active", { changes }),
      {
        ...plan("suspend_account", suspended, "active"),
        ends: "INTERNAL_ERROR",
        says: "an administrator does it in BambooHR",
      },
      plan("delete_account", deleted, "inactive"),
      { ...plan("delete_account", leaver, "inactive"), ends: "ACCOUNT_NOT_FOUND" },
    ],
  };
}

function nameOf({ firstName, lastName }: BambooEmployeeRow): string {
  return `${firstName} ${lastName}`;
}

function plan(
  action: TaskAction,
  employee: BambooEmployeeRow,
  leaves: PlannedTask["leaves"],
  more: object = {},
): PlannedTask {
  const payload = { account: { id: String(employee.id) }, ...more };
  return { task: { action, payload }, who: nameOf(employee), ends: "completed", leaves };
}
