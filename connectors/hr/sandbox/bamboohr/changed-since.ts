import type { Access } from "./access.ts";
import type { BambooCompany } from "./bamboo-company.ts";
import { badRequest } from "./bamboo-error.ts";

export interface Change {
  id: string;
  action: "Inserted" | "Updated" | "Deleted";
  lastChanged: string;
}

/**
 * Returns who changed after a time, each with the last change. The given second is excluded, and times are whole seconds:
 * BambooHR does not document this, and under this reading a careless client loses changes.
 */
export function changedSince(
  company: BambooCompany,
  access: Access,
  since: string | undefined,
): { latest: string; employees: Record<string, Change> } {
  const from = Date.parse(since ?? "");
  if (!/^\d{4}-\d\d-\d\dT/.test(since ?? "") || Number.isNaN(from))
    throw badRequest("The since parameter is missing or not a valid ISO 8601 date");
  const isLater = (at: string) => Date.parse(at) > from;
  const changes: Change[] = [];
  for (const employee of company.employees.values())
    if (access.maySee(employee) && isLater(employee.changedAt)) {
      const action = isLater(employee.insertedAt) ? "Inserted" : "Updated";
      changes.push({ id: String(employee.id), action, lastChanged: employee.changedAt });
    }
  for (const [id, deletedAt] of company.deletions)
    if (access.maySee({ id }) && isLater(deletedAt))
      changes.push({ id: String(id), action: "Deleted", lastChanged: deletedAt });
  const latest = changes.reduce((last, { lastChanged }) => (lastChanged > last ? lastChanged : last), "");
  return {
    latest: latest === "" ? `${new Date(from).toISOString().slice(0, 19)}+00:00` : latest,
    employees: Object.fromEntries(changes.map((change) => [change.id, change])),
  };
}
