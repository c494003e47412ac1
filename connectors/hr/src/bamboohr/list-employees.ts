import { isUpstreamError, pageByCursor } from "@bridgekit/core";
import type { BambooHrClient } from "./bamboohr-client.ts";
import { ID_FIELD, type Employee, type ListedEmployee } from "./bamboohr-models.ts";
import { COMMON_NAMES, fieldsOf, readValues, type FieldNames } from "./employee-fields.ts";

// BambooHR gives 2,500 at most; of those an answer would take long, and a retry all of it again.
const PAGE_SIZE = 1000;

/** How the list calls the fields. */
const NAMES: FieldNames = {
  ...COMMON_NAMES,
  employmentStatus: "employmentStatusName",
  ...ID_FIELD,
};
/** Every page has these unasked. */
const ALWAYS = new Set(["firstName", "lastName", "preferredName", "status"]);

interface ListOptions {
  /** Of these employees only. */
  ids?: readonly string[] | undefined;
  /** Called with the reason where the list can't be proved to be whole. */
  onDoubt?: ((reason: string) => void) | undefined;
}

/**
 * The employees by BambooHR's own list, page by page: active, inactive and those who are still to come. Somebody who is
 * deleted meanwhile may make a page unreachable, or the total another one: the list is read once more then, and whoever
 * was read is not read again.
 */
export async function* listEmployees(client: BambooHrClient, { ids, onDoubt }: ListOptions): AsyncGenerator<Employee> {
  const seen = new Set<string>();
  const doubts: string[] = [];
  let hasMoved = false;
  try {
    for await (const employee of readList(client, ids, (reason) => doubts.push(reason))) {
      seen.add(employee.id);
      yield employee;
    }
  } catch (error) {
    if (seen.size === 0 || !isUpstreamError(error) || error.status !== 400) throw error;
    hasMoved = true;
  }
  if (!hasMoved && doubts.length === 0) return;
  for await (const employee of readList(client, ids, onDoubt)) if (!seen.has(employee.id)) yield employee;
}

function readList(
  client: BambooHrClient,
  ids: readonly string[] | undefined,
  onDoubt: ListOptions["onDoubt"],
): AsyncGenerator<Employee> {
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
  const { _restrictedFields } = row;
  const restricted = _restrictedFields ?? [];
  // A name that BambooHR does not know is ignored in silence.
  const isHidden = (name: string) => row[name] === undefined || restricted.includes(name);
  const { values, doubts } = readValues(row, NAMES);
  const hidden = fieldsOf(NAMES).filter((field) => isHidden(NAMES[field]) || doubts.includes(field));
  return { id: String(row.employeeId), values, hidden, doubts };
}
