import { pageByCursor } from "@bridgekit/core";
import type { BambooHrClient } from "./bamboohr-client.ts";
import type { Employee, EmployeeField, ListedEmployee } from "./bamboohr-models.ts";
import { toValue } from "./to-value.ts";

// BambooHR gives 2,500 at most; of those an answer would take long, and a retry all of it again.
const PAGE_SIZE = 1000;

/** How the list calls the fields. */
const NAMES: Readonly<Record<EmployeeField, string>> = {
  firstName: "firstName",
  lastName: "lastName",
  preferredName: "preferredName",
  status: "status",
  workEmail: "workEmail",
  employmentStatus: "employmentStatusName",
  department: "departmentId",
  division: "divisionId",
  location: "locationId",
};
/** Every page has these unasked. */
const ALWAYS = new Set(["firstName", "lastName", "preferredName", "status"]);
const FIELDS = Object.entries(NAMES) as [EmployeeField, string][];

interface ListOptions {
  /** Of these employees only. */
  ids?: readonly string[] | undefined;
  /** Called with the reason where the list can't be proved to be whole. */
  onDoubt?: ((reason: string) => void) | undefined;
}

/** The employees by BambooHR's own list, page by page: active, inactive and those who are still to come. */
export function listEmployees(client: BambooHrClient, { ids, onDoubt }: ListOptions): AsyncGenerator<Employee> {
  const fields = Object.values(NAMES).filter((name) => !ALWAYS.has(name));
  return pageByCursor(
    async (after) => {
      const query = { "page[limit]": PAGE_SIZE, "page[after]": after, fields: fields.join(",") };
      const page = await client.employeePage(query, ids);
      // Without it no page could be told from the last one.
      if (!Array.isArray(page?.data) || page.meta?.page?.nextCursor === undefined)
        throw client.unusable("GET /employees", "with something that is no page of employees");
      return { items: page.data.map(toEmployee), next: page.meta.page.nextCursor, total: page.meta.total ?? null };
    },
    { list: `${client.system} (employees)`, idOf: ({ id }) => id, ...(onDoubt && { onDoubt }) },
  );
}

function toEmployee(row: ListedEmployee): Employee {
  const values = FIELDS.map(([field, name]) => [field, toValue(row[name])]);
  const { _restrictedFields: restricted = [] } = row;
  // A name that BambooHR does not know is ignored in silence.
  const hidden = FIELDS.filter(([, name]) => row[name] === undefined || restricted.includes(name));
  return {
    id: String(row.employeeId),
    values: Object.fromEntries(values) as Employee["values"],
    hidden: hidden.map(([field]) => field),
  };
}
